// <news-embed src>: a player of another site. Until the reader asks, nothing of it is loaded; without script the
// link inside goes there.
customElements.define(
  "news-embed",
  class extends HTMLElement {
    connectedCallback() {
      if (this.querySelector("button, iframe")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.dataset.show;
      button.addEventListener("click", () => this.load());
      const note = document.createElement("small");
      note.textContent = this.dataset.note;
      this.prepend(button, note);
    }

    load() {
      const frame = document.createElement("iframe");
      frame.src = this.getAttribute("src");
      frame.title = this.dataset.provider;
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      frame.allowFullscreen = true;
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      const link = this.querySelector("a");
      this.replaceChildren(frame);
      if (link) this.after(link);
      frame.focus();
    }
  }
);
