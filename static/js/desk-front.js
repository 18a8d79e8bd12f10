/* <front-sheet>: what was chosen for a place moves to another one, by buttons or by dragging. The fields stay where they
   are and exchange their values, so that the form is sent as it would be without script. */
class FrontSheet extends HTMLElement {
  connectedCallback() {
    this.places = [...this.querySelectorAll("[data-place]")];
    this.heard = this.querySelector(":scope > [role=status]");
    this.titles = new Map(); // by an article's id, the title it has on the page if none is written here
    this.places.forEach((place, at) => {
      const row = document.createElement("div");
      row.className = "moves";
      row.append(this.button("↑", this.dataset.wordsUp, place, at, -1), this.button("↓", this.dataset.wordsDown, place, at, 1));
      place.querySelector("h3").after(row);
      this.opens(place.querySelector("details"));
      this.drags(place, at);
    });
    const boxes = this.querySelectorAll("[data-place], .front-band");
    for (const box of boxes) {
      const chosen = this.chosen(box);
      if (chosen.key) this.titles.set(chosen.key, this.title(box).placeholder || chosen.label);
      box.querySelector("textarea").addEventListener("change", () => this.tell(box));
    }
    this.closest("form").addEventListener("desk:filled", () => boxes.forEach((box) => this.tell(box)));
  }

  button(sign, word, place, at, by) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign });
    button.disabled = !this.places[at + by];
    button.setAttribute("aria-label", `${word}: ${place.dataset.named}`);
    button.addEventListener("click", () => {
      this.swap(at, at + by);
      const buttons = this.places[at + by].querySelectorAll(".moves button");
      const same = buttons[by < 0 ? 0 : 1];
      (same.disabled ? buttons[by < 0 ? 1 : 0] : same).focus();
    });
    return button;
  }

  /* On a wide sheet the fields lie over the places below: they close by Escape, or when something else is chosen. */
  opens(details) {
    const fields = details.querySelector(".aligned");
    const lie = () => getComputedStyle(fields).position === "absolute";
    details.addEventListener("toggle", () => details.open && fields.scrollIntoView({ block: "nearest" }));
    details.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !details.contains(relatedTarget) && lie()) details.open = false;
    });
    details.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !lie() || details.querySelector("[aria-expanded=true]")) return; // which Escape closes first
      details.open = false;
      details.querySelector("summary").focus();
    }, { capture: true });
  }

  drags(place, at) {
    const title = place.querySelector(".now");
    title.draggable = true;
    title.addEventListener("dragstart", (event) => { this.dragged = at; event.dataTransfer.setData("text/plain", place.dataset.named); });
    title.addEventListener("dragend", () => { delete this.dragged; });
    place.addEventListener("dragover", (event) => {
      if (this.dragged === undefined || this.dragged === at) return;
      event.preventDefault();
      place.classList.add("over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", (event) => {
      place.classList.remove("over");
      if (this.dragged === undefined) return;
      event.preventDefault();
      this.swap(this.dragged, at);
    });
  }

  swap(from, to) {
    const both = [this.places[from], this.places[to]];
    const [one, other] = both.map((place) => [...place.querySelectorAll("[name]")]);
    one.forEach((field, n) => { [field.value, other[n].value] = [other[n].value, field.value]; });
    const [open, beyond] = both.map((place) => place.querySelector("details"));
    [open.open, beyond.open] = [beyond.open, open.open];
    for (const place of both) {
      const list = place.querySelector("pick-list");
      if (list?.read) { list.items = list.read(); list.show(); }
      place.querySelector("[name]").dispatchEvent(new Event("input", { bubbles: true })); // what asks before the page is left listens for it
      this.tell(place);
    }
    this.heard.textContent = `${this.dataset.wordsMoved} ${this.places[to].dataset.named}`;
  }

  title(box) { return box.querySelector("[name$=-title]"); }

  chosen(box) {
    const [, label = "", key = ""] = box.querySelector("textarea").value.trim().match(/^(.*?)\s*(?:\[(\d+)\])?$/s);
    return { label, key };
  }

  tell(box) { // the title that was chosen; what the page would find is known only to the server
    const { label, key } = this.chosen(box);
    const picked = box.querySelector("pick-list")?.items?.find((item) => item.key === key); // it may still list what stood here before
    if (key && picked?.front) this.titles.set(key, picked.front);
    const shown = this.titles.get(key) ?? label;
    const title = this.title(box);
    const now = box.querySelector(".now");
    title.placeholder = now ? shown : label; // breaking news has the article's own title
    if (!now) return;
    box.classList.toggle("by-hand", label !== "");
    now.textContent = label ? title.value.trim() || shown : this.dataset.wordsRule;
    box.querySelector(".away")?.remove();
  }
}

customElements.define("front-sheet", FrontSheet);
