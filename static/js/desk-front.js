/* <front-sheet>: what was chosen for a place moves to another one, by buttons or by dragging. The fields stay where they
   are and exchange their values, so that the form is sent as it would be without script. */
class FrontSheet extends HTMLElement {
  connectedCallback() {
    this.places = [...this.querySelectorAll("[data-place]")];
    this.heard = this.querySelector(":scope > [role=status]");
    this.places.forEach((place, at) => {
      const row = document.createElement("div");
      row.className = "moves";
      row.append(this.button("↑", this.dataset.wordsUp, place, at, -1), this.button("↓", this.dataset.wordsDown, place, at, 1));
      place.querySelector("h3").after(row);
      place.querySelector("textarea").addEventListener("change", () => this.tell(place));
      this.drags(place, at);
    });
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
    const [one, other] = [this.places[from], this.places[to]].map((place) => [...place.querySelectorAll("[name]")]);
    one.forEach((field, n) => { [field.value, other[n].value] = [other[n].value, field.value]; });
    for (const at of [from, to]) {
      const list = this.places[at].querySelector("pick-list");
      if (list?.read) { list.items = list.read(); list.show(); }
      one[0].dispatchEvent(new Event("input", { bubbles: true })); // what asks before the page is left listens for it
      this.tell(this.places[at]);
    }
    this.heard.textContent = `${this.dataset.wordsMoved} ${this.places[to].dataset.named}`;
  }

  tell(place) { // the title that was chosen; what the page would find is known only to the server
    const line = place.querySelector("textarea").value.trim();
    place.classList.toggle("by-hand", line !== "");
    const title = place.querySelector("[name$=-title]").value.trim() || line.replace(/\s*\[\d+\]$/, "");
    place.querySelector(".now").textContent = line ? title : this.dataset.wordsRule;
    place.querySelector(".away")?.remove();
  }
}

customElements.define("front-sheet", FrontSheet);
