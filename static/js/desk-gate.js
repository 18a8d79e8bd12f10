/* <desk-gate>: what is missing or doubtful before publication, asked anew when typing pauses. */
const PAUSE = 1000; // milliseconds without a key before it is asked

customElements.define("desk-gate", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.list = this.querySelector("[data-list]");
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.later());
    globalThis.CKEDITOR?.on("instanceReady", ({ editor }) => editor.on("change", () => this.later()));
    document.addEventListener("visibilitychange", () => document.hidden || this.later()); // a picture was described in another tab
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-field]");
      if (link && this.show(link.dataset.field)) event.preventDefault();
    });
    this.buttons();
  }

  later() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask(), PAUSE);
  }

  /* One request at a time; what is typed meanwhile goes with the next. */
  async ask() {
    if (this.asking) return void (this.again = true);
    this.asking = true;
    this.again = false;
    const body = new FormData(this.form);
    for (const editor of Object.values(globalThis.CKEDITOR?.instances ?? {})) body.set(editor.element.$.name, editor.getData());
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body });
      if (answer.ok && !answer.redirected) this.put(await answer.text());
    } catch {
      // the server is away: the autosave says so
    } finally {
      this.asking = false;
      if (this.again) this.later();
    }
  }

  put(html) {
    if (html.trim() === this.html) return;
    this.html = html.trim();
    const at = [...this.list.querySelectorAll("a")].indexOf(document.activeElement);
    this.list.innerHTML = html;
    this.list.querySelectorAll("a")[at]?.focus();
    this.querySelector("[role=status]").textContent = this.list.firstElementChild.dataset.said;
    this.buttons();
  }

  /* The button that publishes says how much is missing. */
  buttons() {
    const { suffix } = this.list.firstElementChild.dataset;
    for (const button of this.form.querySelectorAll("input[name=_publish]")) {
      button.dataset.words ??= button.value;
      button.value = `${button.dataset.words} ${suffix}`.trim();
    }
  }

  /* To the field, whatever its widget made of it. */
  show(name) {
    const row = this.form.querySelector(`.field-${name}`);
    const found = (selector) => [...(row?.querySelectorAll(selector) ?? [])].find((element) => element.checkVisibility());
    const field = found("input, textarea, select, [contenteditable=true]") ?? found("button");
    row?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
    return Boolean(field);
  }
});
