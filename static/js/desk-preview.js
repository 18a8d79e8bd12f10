/* The page as readers would get it, made of what is typed and not saved: beside the form, on a phone over it. */
const PAUSE = 700; // milliseconds without a key before it is made again
const SOON = 2000; // milliseconds after which it is made again while the library prepares a picture of it…
const MOST = 60; // …so many times at most: no worker may be alive
const wide = matchMedia("(width >= 75rem)");

/* What is remembered of the pane. A browser that keeps nothing throws when it is asked. */
const remembered = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); } catch { /* as it opens the first time, then */ } },
};

customElements.define("desk-preview", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.dialog = this.querySelector("dialog");
    this.frame = this.querySelector("iframe");
    this.sheet = this.querySelector(".sheet");
    this.menu = document.getElementById("other-actions"); // where the button stands in one
    this.opener = this.form.querySelector(".state-bar [name=_preview]");
    this.opener.setAttribute("aria-controls", this.dialog.id);
    this.opener.setAttribute("aria-expanded", "false");
    this.opener.addEventListener("click", (event) => {
      event.preventDefault();
      if (this.menu?.matches(":popover-open")) this.menu.hidePopover();
      if (this.dialog.open) this.close();
      else this.open();
    });
    this.form.addEventListener("submit", (event) => { // by Enter in a field, where that shows the page in another window
      if (!event.submitter?.formTarget) return;
      event.preventDefault();
      this.open();
    });
    this.querySelector("[data-close]").addEventListener("click", () => this.close());
    this.dialog.addEventListener("close", () => this.closed());
    for (const button of this.querySelectorAll("[data-width]")) button.addEventListener("click", () => this.resize(button.dataset.width));
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("change", () => this.later());
    addEventListener("load", () => this.editors().forEach((editor) => editor.on("change", () => this.later())));
    new ResizeObserver(() => this.fit()).observe(this.sheet);
    wide.addEventListener("change", () => this.dialog.open && (this.dialog.close(), this.open()));
    this.resize(remembered.get("desk-preview-width") ?? "390");
    if (wide.matches && remembered.get("desk-preview") === "open") {
      if (document.readyState === "complete") this.open();
      else addEventListener("load", () => this.open());
    }
  }

  editors() { return Object.values(globalThis.CKEDITOR?.instances ?? {}); }

  open() {
    if (wide.matches) {
      this.dialog.open = true; // not show(): the focus stays where one writes
      remembered.set("desk-preview", "open");
    } else this.dialog.showModal();
    this.opener.setAttribute("aria-expanded", "true");
    this.update();
  }

  close() {
    remembered.set("desk-preview", "");
    this.dialog.close();
    (this.opener.checkVisibility() ? this.opener : document.querySelector("[popovertarget=other-actions]")).focus();
  }

  closed() { this.opener.setAttribute("aria-expanded", String(this.dialog.open)); }

  resize(width) {
    this.width = Number(width) || 390;
    remembered.set("desk-preview-width", this.width);
    for (const button of this.querySelectorAll("[data-width]")) button.setAttribute("aria-pressed", String(Number(button.dataset.width) === this.width));
    this.fit();
  }

  fit() {
    this.sheet.style.setProperty("--width", `${this.width}px`);
    this.sheet.style.setProperty("--scale", Math.min(1, this.sheet.clientWidth / this.width) || 1);
  }

  later(pause = PAUSE) {
    clearTimeout(this.pause);
    this.waited = pause === SOON ? (this.waited ?? 0) + 1 : 0;
    this.pause = setTimeout(() => {
      this.pause = null;
      this.update();
    }, pause);
  }

  data() {
    const data = new FormData(this.form);
    for (const editor of this.editors()) data.set(editor.element.$.name, editor.status === "ready" ? editor.getData() : editor.element.getValue());
    return data;
  }

  /* One request at a time; what is typed meanwhile goes with the next. */
  async update() {
    if (!this.dialog.open) return;
    if (this.busy) return void (this.again = true);
    this.busy = true;
    try {
      const response = await fetch(this.dataset.address, { method: "POST", body: this.data(), signal: AbortSignal.timeout(20000) });
      if (!response.ok || response.redirected) throw new Error(response.status);
      this.show(await response.text());
      this.say("");
      const waits = response.headers.has("X-Pictures-Waiting") && (this.waited ?? 0) < MOST;
      if (waits && !this.again && !this.pause) this.later(SOON); // what is typed meanwhile does not wait for that
    } catch {
      this.say(this.dataset.late);
    }
    this.busy = false;
    if (this.again) this.later();
    this.again = false;
  }

  say(sentence) { this.querySelector("[role=status]").textContent = sentence; }

  /* No script runs in the frame. Its links lead nowhere: their target is a new window, which the sandbox forbids. */
  show(html) {
    const next = new DOMParser().parseFromString(html, "text/html");
    for (const script of next.querySelectorAll("script")) script.remove();
    const page = this.frame.contentDocument;
    const looks = [...next.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href")).join();
    if (this.shown !== looks) {
      next.head.append(Object.assign(next.createElement("base"), { target: "_blank" }));
      this.frame.srcdoc = `<!doctype html>${next.documentElement.outerHTML}`;
      this.shown = looks;
      return;
    }
    const { scrollX, scrollY } = page.defaultView; // only the body is changed: no flash, and the reader's place is kept
    page.documentElement.lang = next.documentElement.lang;
    page.body.replaceWith(page.adoptNode(next.body));
    page.defaultView.scrollTo(scrollX, scrollY);
  }
});
