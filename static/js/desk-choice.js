/* <desk-choice>: two versions of a field that two people changed; its buttons put either into the form. */
customElements.define("desk-choice", class extends HTMLElement {
  connectedCallback() {
    this.form = document.querySelector("#article_form");
    this.choice = JSON.parse(this.dataset.choice);
    this.chosen = "mine";
    this.buttons = [...this.querySelectorAll("button")];
    for (const button of this.buttons) {
      button.hidden = false;
      button.addEventListener("click", () => this.choose(button.value));
    }
    this.form.addEventListener("change", () => this.look());
  }

  choose(side) {
    this.say("");
    if (this.choice.at === undefined) this.fill(this.choice[side]);
    else if (side !== this.chosen) this.inText(this.choice[side][0], this.choice[this.chosen][0]);
    this.show(side);
  }

  fill(values) { this.form.dispatchEvent(new CustomEvent("desk:fill", { detail: { [this.choice.name]: values } })); }

  show(side) {
    this.chosen = side;
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.value === side));
  }

  /* A field may come to hold a version without these buttons: the address follows the title. */
  look() {
    if (this.choice.name === "body") return; // the editor writes it down when the form is sent
    const held = JSON.stringify(new FormData(this.form).getAll(this.choice.name));
    const side = ["mine", "theirs"].find((one) => JSON.stringify(this.choice[one]) === held);
    if (side) this.show(side);
  }

  /* Paragraphs are looked for by their words: the text may have been written in since. */
  inText(put, gone) {
    const editor = Object.values(CKEDITOR.instances).find(({ element }) => element.$.name === this.choice.name);
    const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;
    const text = parse(editor.getData()), blocks = [...text.children], old = [...parse(gone).children].map(key);
    const at = Math.min(this.place(), blocks.length);
    const starts = blocks.map((_block, start) => start).filter((start) => old.every((words, n) => blocks[start + n] && key(blocks[start + n]) === words));
    const start = old.length ? starts.sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0] : at;
    if (start === undefined) this.say(this.dataset.changed);
    const before = blocks[start ?? at] ?? null;
    for (const block of [...parse(put).children]) text.insertBefore(block, before);
    if (start !== undefined) for (const block of blocks.slice(start, start + old.length)) block.remove();
    this.fill([text.innerHTML]);
  }

  /* How many paragraphs stand before it, with what was chosen further up. */
  place() {
    const length = (html) => new DOMParser().parseFromString(html, "text/html").body.children.length;
    const all = [...document.querySelectorAll("desk-choice")].filter(({ choice }) => choice.at !== undefined);
    const further = all.slice(0, all.indexOf(this)).map(({ choice, chosen }) => length(choice[chosen][0]) - length(choice.mine[0]));
    return further.reduce((sum, more) => sum + more, this.choice.at);
  }

  say(sentence) { this.querySelector("[role=status]").textContent = sentence; }
});

/* What a block says and names, as a reader would tell it apart. */
function key(block) {
  const named = [block, ...block.querySelectorAll("*")].map(({ dataset: { image, article, embed } }) => image ?? article ?? embed ?? "");
  return [block.localName, block.textContent.replace(/\s+/g, " ").trim(), ...new Set(named)].join("|");
}
