/* <address-field>: the address. The section's path stands in front; the slug follows the title until it is changed by hand or was public. */
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d" };

function slugOf(text) {
  const folded = text
    .toLowerCase()
    .replace(/[œæßøłđ]/g, (letter) => LIGATURES[letter])
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’ʼ`´./·:–—\s-]+/g, " ")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s+/g, "-");
  if (folded.length <= 80) return folded;
  const cut = folded.slice(0, 81);
  return cut.slice(0, cut.lastIndexOf("-") > 0 ? cut.lastIndexOf("-") : 80).slice(0, 80);
}

class AddressField extends HTMLElement {
  connectedCallback() {
    const form = this.closest("form");
    this.input = this.querySelector("input");
    this.headline = form.elements.title;
    this.section = form.elements.section;
    this.kept = this.input.dataset.kept;
    if (!this.headline.value && this.input.value === "article") this.input.value = "";
    this.follows = !this.kept && (!this.input.value || this.input.value === slugOf(this.headline.value));
    this.headline.addEventListener("input", () => this.follow());
    this.input.addEventListener("input", () => { this.follows = !this.kept && !this.input.value; });
    this.input.addEventListener("change", () => {
      this.input.value = slugOf(this.input.value) || this.kept || "";
      this.follow();
    });
    this.section?.addEventListener("change", () => this.place());
    this.place();
  }

  follow() {
    if (this.follows) this.input.value = slugOf(this.headline.value);
  }

  place() {
    const path = this.section?.selectedOptions[0]?.dataset.path;
    this.querySelector("[data-path]").textContent = path ? `/${path}/` : "/…/";
  }
}

customElements.define("address-field", AddressField);
