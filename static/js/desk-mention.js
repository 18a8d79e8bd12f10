/* <mention-field data-url data-words>: in its textarea, "@" and letters offer the people who can be named; the arrows
   choose, Enter or Tab takes the name, Escape closes the list. Without script the name is typed in full. */
const TYPED = /(?:^|[^\w@])@([\p{L}\p{N}_.+-]{1,40})$/u;

class MentionField extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.box = this.area.insertAdjacentElement("afterend", document.createElement("ul"));
    Object.assign(this.box, { id: `${this.area.id}_people`, hidden: true });
    this.box.setAttribute("role", "listbox");
    this.box.setAttribute("aria-label", this.dataset.people);
    this.heard = this.appendChild(Object.assign(document.createElement("span"), { className: "unseen" }));
    this.heard.setAttribute("role", "status");
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-controls", this.box.id);
    this.area.addEventListener("input", () => { clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 150); });
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => setTimeout(() => this.close(), 200));
  }

  typed() {
    return this.area.value.slice(0, this.area.selectionStart).match(TYPED)?.[1];
  }

  async ask() {
    const text = this.typed();
    if (!text) return this.close();
    const response = await fetch(`${this.dataset.url}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
    if (!response.ok || response.redirected || text !== this.typed()) return this.close();
    this.found = (await response.json()).results;
    if (!this.found.length) return this.close();
    this.at = 0;
    this.box.replaceChildren(...this.found.map((person, at) => this.choice(person, at)));
    this.box.hidden = false;
    this.heard.textContent = `${this.found.length} ${this.dataset.found}`;
    this.mark();
  }

  choice(person, at) {
    const choice = document.createElement("li");
    choice.setAttribute("role", "option");
    choice.id = `${this.box.id}_${at}`;
    choice.textContent = person.label === person.key ? person.label : `${person.label} (${person.key})`;
    choice.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(person); });
    return choice;
  }

  mark() {
    [...this.box.children].forEach((choice, at) => choice.setAttribute("aria-selected", String(at === this.at)));
    this.area.setAttribute("aria-activedescendant", `${this.box.id}_${this.at}`);
    this.box.children[this.at].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.box.hidden) return;
    if (event.key === "Enter" || event.key === "Tab") this.take(this.found[this.at]);
    else if (event.key === "ArrowDown") this.at = Math.min(this.found.length - 1, this.at + 1);
    else if (event.key === "ArrowUp") this.at = Math.max(0, this.at - 1);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    if (!this.box.hidden) this.mark();
  }

  take(person) {
    const start = this.area.selectionStart - this.typed().length;
    this.area.setRangeText(`${person.key} `, start, this.area.selectionStart, "end");
    this.area.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  close() {
    this.box.hidden = true;
    this.heard.textContent = "";
    this.area.removeAttribute("aria-activedescendant");
  }
}

customElements.define("mention-field", MentionField);
