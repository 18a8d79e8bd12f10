/* <desk-kept>: what is chosen in its form and not sent stays in this browser, and is offered on coming back. `data-key` names
   the form and the person; `data-sent` is a number of the server's that grows when this person's form has come through. */
const PAUSE = 200; // milliseconds without a key before it is written down

customElements.define("desk-kept", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.sent = Number(this.dataset.sent);
    this.loaded = this.fields();
    const found = JSON.parse(localStorage.getItem(this.dataset.key));
    if (document.querySelector(".errornote, .conflict")) this.loaded = ""; // it came back: it is not what the server has
    else if (found?.sent >= this.sent && found.fields !== this.loaded) this.offer(found);
    this.keep();
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.later());
    addEventListener("pagehide", () => this.waiting && this.keep());
    this.querySelector("[data-take]").addEventListener("click", () => this.take());
    this.querySelector("[data-drop]").addEventListener("click", () => this.settle());
  }

  fields() { return JSON.stringify([...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken")); }

  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    clearTimeout(this.waiting);
    this.waiting = null;
    const fields = this.fields();
    const record = fields === this.loaded ? this.offered : { at: Date.now(), sent: this.sent, fields };
    if (record) localStorage.setItem(this.dataset.key, JSON.stringify(record));
    else localStorage.removeItem(this.dataset.key);
  }

  offer(found) {
    const written = { dateStyle: "short", timeStyle: "short", timeZone: this.dataset.zone };
    this.querySelector("[data-when]").textContent = new Date(found.at).toLocaleString(document.documentElement.lang, written);
    this.offered = found;
    this.hidden = false;
  }

  take() {
    for (const [name, value] of JSON.parse(this.offered.fields)) {
      const field = this.form.elements[name];
      if (field) field.value = value; // a place may be gone meanwhile
    }
    this.form.dispatchEvent(new CustomEvent("desk:filled"));
    this.form.dispatchEvent(new Event("input")); // for what asks before the page is left, and the preview
    this.settle();
  }

  settle() {
    this.offered = null;
    this.hidden = true;
    this.keep();
    this.form.querySelector("summary, input:not([type=hidden], [hidden])").focus(); // not lost with the button that was pressed
  }
});
