/* <desk-kept>: what is chosen in its form and not sent stays in this browser, and is offered on coming back. `data-key` names
   the form and the person. Each opening of the form keeps a record of its own, so that no tab touches another's; its name goes
   with the form, and `data-done` is the name that came through last: only then, or when it is thrown away, a record goes. */
const PAUSE = 200; // milliseconds without a key before it is written down

/* Blocked, full or garbled storage breaks nothing: `put` says whether it is kept. */
const store = {
  put(key, record) {
    try { localStorage.setItem(key, JSON.stringify(record)); } catch { return false; }
    return true;
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* then nothing is there either */ }
  },
  read(key) {
    try {
      const { at, fields } = JSON.parse(localStorage.getItem(key));
      return [{ key, at, fields, pairs: JSON.parse(fields).map(([name, value]) => [name, value]) }];
    } catch { return []; }
  },
  all(prefix) {
    try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).flatMap((key) => this.read(key)); } catch { return []; }
  },
};

customElements.define("desk-kept", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.box = this.querySelector("[data-box]");
    this.sent = this.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "kept" }));
    this.begun = this.fields();
    this.loaded = this.dataset.back || document.querySelector(".errornote, .conflict") ? "" : this.stored(); // it came back: the server has it not
    this.key = this.named(this.dataset.back || this.fresh());
    if (this.dataset.done) store.drop(this.named(this.dataset.done));
    this.keep();
    if (this.loaded) this.offer();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.later());
    this.form.addEventListener("submit", ({ submitter }) => submitter?.formTarget || this.sending());
    addEventListener("pagehide", () => this.waiting && this.keep());
    this.querySelector("[data-take]").addEventListener("click", () => this.take());
    this.querySelector("[data-drop]").addEventListener("click", () => { store.drop(this.offered.key); this.settle(); });
  }

  named(name) { return `${this.dataset.key} ${name}`; }

  fresh() { return Date.now().toString(36) + Math.random().toString(36).slice(2); }

  fields() {
    return JSON.stringify([...new FormData(this.form)].filter(([name]) => !["csrfmiddlewaretoken", "kept"].includes(name)));
  }

  /* The fields without the story that the address put into the place `data-placed`. */
  stored() {
    const area = this.form.elements[`${this.dataset.placed}-article`];
    if (!area) return this.begun;
    this.placed = area.value;
    area.value = "";
    const fields = this.fields();
    area.value = this.placed;
    return fields;
  }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.keep(), PAUSE);
  }

  /* Whether nothing is lost if the page goes now. */
  keep() {
    clearTimeout(this.waiting);
    this.waiting = null;
    const fields = this.fields();
    if (this.sent.value && fields === this.gone) return true;
    if (this.sent.value) this.key = this.named(this.fresh()); // what was sent may still come through: this is another record
    this.sent.value = "";
    if (fields === this.loaded) store.drop(this.key);
    else if (!store.put(this.key, { at: Date.now(), fields })) {
      this.say(this.dataset.wordsUnkept);
      return false;
    }
    return true;
  }

  sending() {
    this.keep();
    this.gone = this.fields();
    this.sent.value = this.key.slice(this.named("").length);
  }

  say(sentence) {
    const said = this.querySelector("[data-said]");
    if (said.textContent !== sentence) said.textContent = sentence; // once: it is read aloud
  }

  /* The newest that another opening of this form left. One without anything of its own is dropped. */
  offer() {
    const safe = this.keep(), now = this.fields();
    const others = store.all(this.named("")).filter(({ key }) => key !== this.key);
    for (const { key, fields } of others) if (fields === this.loaded || (safe && fields === now)) store.drop(key);
    const [found] = others.filter(({ fields }) => ![this.loaded, now].includes(fields)).sort((one, other) => other.at - one.at);
    this.offered = found;
    this.box.className = found ? "here offer" : "";
    this.querySelector(".row").hidden = !found;
    const written = { dateStyle: "short", timeStyle: "short", timeZone: this.dataset.zone };
    const when = found && new Date(found.at).toLocaleString(document.documentElement.lang, written);
    this.box.querySelector("[role=status]").textContent = found ? this.dataset.wordsOffer.replace("%(when)s", when) : "";
  }

  take() {
    this.keep();
    if (this.fields() !== this.begun) this.key = this.named(this.fresh()); // what was chosen here meanwhile is offered next
    for (const [name, value] of this.offered.pairs) {
      const field = this.form.elements[name];
      if (field) field.value = value; // a place may be gone meanwhile
    }
    if (this.placed) this.place();
    this.form.dispatchEvent(new CustomEvent("desk:filled"));
    this.form.dispatchEvent(new Event("input")); // for what asks before the page is left, and the preview
    if (this.keep()) store.drop(this.offered.key);
    this.settle();
  }

  /* The story of the address again, in what was taken up: in the first place that nobody filled. */
  place() {
    const [, title, key] = this.placed.match(/^(.*?)\s*(\[\d+\])$/s);
    const places = [...this.form.querySelectorAll("[data-place]")];
    const there = places.find((place) => place.querySelector("textarea").value.includes(key));
    const free = places.find((place) => [...place.querySelectorAll("[name]")].every((field) => !field.value));
    if (!there && free) free.querySelector("textarea").value = this.placed;
    const { wordsThere, wordsPut, wordsFull } = this.dataset;
    const sentence = there ? wordsThere : free ? wordsPut : wordsFull;
    this.say(sentence.replace("%(title)s", () => title).replace("%(place)s", () => (there ?? free).dataset.named));
  }

  settle() {
    this.offer();
    const next = this.offered ? this.querySelector("[data-take]") : this.form.querySelector("summary, input:not([type=hidden], [hidden])");
    next.focus(); // not lost with the button that was pressed
  }
});
