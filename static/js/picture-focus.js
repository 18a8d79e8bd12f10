// <picture-focus>: the focal point set by a click on the picture, or by the arrow keys on its mark; small crops show
// what stays in sight. The two number fields of the form keep it, and work without this.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class PictureFocus extends HTMLElement {
  connectedCallback() {
    this.x = document.getElementById("id_focal_x");
    this.y = document.getElementById("id_focal_y");
    this.image = this.querySelector(".stage img");
    if (!this.x || !this.y) return;
    for (const part of this.querySelectorAll("[hidden]")) part.hidden = false;
    this.mark = Object.assign(document.createElement("button"), { type: "button", className: "mark" });
    this.mark.setAttribute("aria-describedby", "focus_help");
    this.image.after(this.mark);
    this.image.addEventListener("click", (event) => this.click(event));
    this.mark.addEventListener("keydown", (event) => this.key(event));
    for (const field of [this.x, this.y]) field.addEventListener("input", () => this.show());
    this.show();
  }

  click(event) {
    const box = this.image.getBoundingClientRect();
    this.move((100 * (event.clientX - box.left)) / box.width, (100 * (event.clientY - box.top)) / box.height);
    this.mark.focus({ preventScroll: true });
  }

  key(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    this.move(this.place(this.x) + far * step[0], this.place(this.y) + far * step[1]);
  }

  place(field) {
    return Math.min(100, Math.max(0, Number(field.value) || 0));
  }

  move(x, y) {
    for (const [field, value] of [[this.x, x], [this.y, y]]) {
      field.value = Math.round(Math.min(100, Math.max(0, value)));
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    this.show();
    this.querySelector("output").textContent = this.words();
  }

  words() {
    return this.dataset.place.replace("%(x)s", this.place(this.x)).replace("%(y)s", this.place(this.y)).replaceAll("%%", "%");
  }

  show() {
    const [x, y] = [this.place(this.x), this.place(this.y)];
    this.mark.style.left = `${x}%`;
    this.mark.style.top = `${y}%`;
    this.mark.setAttribute("aria-label", `${this.dataset.label}: ${this.words()}`);
    const whole = this.image.width / this.image.height;
    for (const crop of this.querySelectorAll("[data-ratio]")) {
      const kept = Number(crop.dataset.ratio) / whole; // of the width, if below 1; its inverse, of the height
      const at = kept < 1 ? [this.offset(x, kept), 50] : [50, this.offset(y, 1 / kept)];
      crop.querySelector("img").style.objectPosition = `${at[0]}% ${at[1]}%`;
    }
  }

  offset(focal, kept) {
    if (kept >= 1) return 50;
    return (100 * Math.min(Math.max(focal / 100 - kept / 2, 0), 1 - kept)) / (1 - kept);
  }
}

customElements.define("picture-focus", PictureFocus);
