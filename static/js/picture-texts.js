// <picture-texts>: on the upload page, a form for each picture just taken: its description, caption and credit.
// It is saved when a field is left, and by its button; what went wrong is said in it and what was typed stays.
class PictureTexts extends HTMLElement {
  connectedCallback() {
    this.template = this.querySelector("template");
    document.addEventListener("uploaded", ({ detail }) => this.add(detail));
  }

  add(picture) {
    if (!picture.mayChange || this.querySelector(`form[data-id="${picture.id}"]`)) return;
    this.hidden = false;
    const form = this.template.content.cloneNode(true).firstElementChild;
    form.dataset.id = picture.id;
    form.querySelector("img").src = picture.thumb;
    form.querySelector("legend").textContent = picture.title;
    for (const part of form.querySelectorAll("[id], [for]")) {
      if (part.id) part.id += `_${picture.id}`;
      if (part.htmlFor) part.htmlFor += `_${picture.id}`;
    }
    for (const name of ["alt", "caption", "credit"]) form.elements[name].value = picture[name];
    form.addEventListener("change", () => this.save(form));
    form.addEventListener("submit", (event) => (event.preventDefault(), this.save(form)));
    this.append(form);
  }

  async save(form) {
    const said = form.querySelector(".said");
    said.textContent = "";
    const body = new FormData(form);
    body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    const answer = await fetch(`${this.dataset.address}${form.dataset.id}/`, { method: "POST", body }).catch(() => null);
    const told = answer && !answer.redirected && (answer.ok || answer.status === 422) ? await answer.json() : null;
    const wrong = told?.errors && Object.values(told.errors).flat().join(" ");
    said.classList.toggle("wrong", !told?.image);
    said.textContent = told?.image ? this.dataset.saved : wrong || this.dataset.lost;
  }
}

customElements.get("picture-texts") || customElements.define("picture-texts", PictureTexts);
