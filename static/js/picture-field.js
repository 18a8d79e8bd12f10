// <picture-field>: the picture chosen in a form, with buttons to choose another (in <picture-picker>) or none.
// Without script the input beside it takes the picture's number.
class PictureField extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.opener = this.querySelector("[data-open]");
    this.remover = this.querySelector("[data-remove]");
    this.input.type = "hidden";
    const label = this.input.id && document.querySelector(`label[for="${CSS.escape(this.input.id)}"]`);
    if (label) {
      label.id ||= `${this.input.id}_label`;
      label.removeAttribute("for");
      this.setAttribute("role", "group");
      this.setAttribute("aria-labelledby", label.id);
    }
    this.opener.addEventListener("click", () => this.choose());
    this.remover.addEventListener("click", () => {
      this.show(null);
      this.opener.focus();
    });
    this.buttons();
  }

  choose() {
    const picker = document.querySelector("picture-picker") || document.createElement("picture-picker");
    picker.open({ id: this.input.value, onpick: (picture) => this.show(picture) });
  }

  buttons() {
    this.opener.hidden = false;
    this.remover.hidden = !this.input.value;
    this.opener.textContent = this.input.value ? this.dataset.change : this.dataset.choose;
  }

  /* The picture with this number ("": none), as the library knows it. */
  async fill(id) {
    this.input.value = id; // may be sent before the answer is there
    const answer = id && (await fetch(`/admin/images/image/picker/${id}/`).catch(() => null));
    const told = answer?.ok && !answer.redirected ? await answer.json() : null;
    this.show(told?.image ?? (id ? { id, thumb: "data:,", alt: "", title: "", credit: "" } : null));
  }

  show(picture) {
    this.input.value = picture ? picture.id : "";
    const image = document.createElement("img");
    if (picture) Object.assign(image, { src: picture.thumb, alt: picture.alt, width: picture.width, height: picture.height });
    this.querySelector(".chosen").replaceChildren(...(picture ? [image] : []));
    this.querySelector(".about strong").textContent = picture ? picture.title : "";
    this.querySelector(".credit").textContent = picture ? picture.credit : "";
    this.querySelector(".missing").textContent = picture && !picture.alt ? this.dataset.undescribed : "";
    this.buttons();
    for (const kind of ["input", "change"]) this.input.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

customElements.get("picture-field") || customElements.define("picture-field", PictureField);
