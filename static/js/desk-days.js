/* <desk-days>: what can be moved is dragged to another day, where it keeps its hour. A drop fills in and sends the form
   under "Move", which is the way by keyboard, by touch and without script. */
class DeskDays extends HTMLElement {
  connectedCallback() {
    for (const item of this.querySelectorAll("[data-movable]")) item.draggable = true;
    this.addEventListener("dragstart", (event) => {
      this.held = event.target.closest?.("[data-movable]");
      if (!this.held) return;
      event.dataTransfer.setData("text/plain", this.held.querySelector("a").textContent);
      event.dataTransfer.effectAllowed = "move";
    });
    this.addEventListener("dragover", (event) => {
      const day = this.dayAt(event);
      this.mark(day);
      if (day) event.preventDefault();
    });
    this.addEventListener("dragend", () => {
      this.held = null;
      this.mark(null);
    });
    this.addEventListener("drop", (event) => {
      const day = this.dayAt(event);
      if (!day) return;
      event.preventDefault();
      const form = this.held.querySelector("form");
      const at = form.querySelector("[type=datetime-local]");
      at.value = `${day.dataset.day}T${at.value.split("T")[1]}`;
      form.requestSubmit();
    });
  }

  dayAt(event) {
    const day = this.held && event.target.closest?.("[data-day]");
    return day && day !== this.held.closest("[data-day]") ? day : null;
  }

  mark(day) {
    for (const other of this.querySelectorAll(".over")) if (other !== day) other.classList.remove("over");
    day?.classList.add("over");
  }
}

customElements.define("desk-days", DeskDays);
