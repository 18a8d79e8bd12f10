// <picture-picker>: a dialog in which a picture of the library is found, or uploaded, described and chosen.
// (document.querySelector("picture-picker") || document.createElement("picture-picker")).open({ onpick, id }): `onpick`
// gets {id, title, alt, caption, credit, width, height, thumb, large, …}; `id` is the one chosen before. The server
// writes the dialog with its words.
class PicturePicker extends HTMLElement {
  static home = "/admin/images/image/picker/";

  async open({ onpick, id = "" }) {
    this.onpick = onpick;
    if (!this.isConnected) document.body.append(this);
    this.built ||= this.build();
    if (!(await this.built)) return void (this.built = null);
    const uploads = await import(this.dialog.dataset.upload).catch(() => null); // without it one can still choose
    if (!this.dialog.open) this.dialog.showModal();
    this.details.hidden = true;
    const chosen = id && (await this.ask(`${PicturePicker.home}${id}/`));
    if (chosen?.image) this.select(chosen.image);
    await this.search();
    if (!uploads) this.say(this.dialog.dataset.lost);
  }

  async build() {
    const answer = await fetch(`${PicturePicker.home}dialog/`).catch(() => null);
    if (!answer?.ok || answer.redirected) return window.open("/admin/") && false; // signed out: sign in there, this page stays
    this.innerHTML = await answer.text();
    this.dialog = this.querySelector("dialog");
    this.list = this.querySelector(".found ul");
    this.more = this.querySelector("[data-more]");
    this.details = this.querySelector(".details");
    this.finder = this.querySelector(".find");
    this.querySelector("[data-close]").addEventListener("click", () => this.dialog.close());
    this.more.addEventListener("click", () => this.search(this.next));
    this.finder.addEventListener("submit", (event) => (event.preventDefault(), this.search()));
    this.finder.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), 300);
    });
    this.details.addEventListener("submit", (event) => (event.preventDefault(), this.use()));
    this.addEventListener("uploaded", ({ detail }) => {
      this.list.querySelector(`[data-id="${detail.id}"]`)?.parentElement.remove();
      this.list.prepend(this.card(detail));
      if (this.details.hidden || !this.details.contains(document.activeElement)) this.select(detail);
    });
    return true;
  }

  async ask(address, options) {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, ...options }).catch(() => null);
    if (answer && (answer.ok || answer.status === 422) && !answer.redirected) return answer.json();
    this.say(this.dialog.dataset.lost);
    return null;
  }

  say(sentence) {
    this.querySelector(".said").textContent = sentence;
  }

  async search(after) {
    const words = new URLSearchParams(new FormData(this.finder));
    if (after) words.set("after", after);
    const asked = (this.asked = String(words));
    const found = await this.ask(`${PicturePicker.home}?${words}`);
    if (!found || asked !== this.asked) return;
    if (!after) this.list.replaceChildren();
    const first = this.list.children.length;
    this.list.append(...found.results.map((picture) => this.card(picture)));
    this.next = found.next;
    this.more.hidden = !found.next;
    if (after) this.list.children[first]?.firstElementChild.focus();
    const { none, found: shown } = this.dialog.dataset;
    this.say(this.list.children.length ? `${shown} ${this.list.children.length}` : none);
  }

  card(picture) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const image = document.createElement("img");
    const name = document.createElement("span");
    Object.assign(image, { src: picture.thumb, alt: "", loading: "lazy" });
    name.textContent = picture.alt ? picture.title : `${picture.title} (${this.dialog.dataset.undescribed})`;
    Object.assign(button, { type: "button" });
    button.setAttribute("aria-pressed", picture.id === this.picture?.id);
    button.dataset.id = picture.id;
    button.append(image, name);
    button.addEventListener("click", () => this.select(picture, true));
    item.append(button);
    return item;
  }

  async select(picture, move = false) {
    if (!this.details.hidden && picture !== this.picture && !(await this.keep())) return;
    this.picture = picture;
    for (const button of this.list.querySelectorAll("button")) button.setAttribute("aria-pressed", button.dataset.id === String(picture.id));
    const { alt, caption, credit } = this.details.elements;
    for (const [field, text] of [[alt, picture.alt], [caption, picture.caption], [credit, picture.credit]]) {
      field.value = text;
      field.readOnly = !picture.mayChange;
    }
    this.details.querySelector("img").src = picture.large;
    this.details.querySelector(".name").textContent = picture.title;
    this.details.querySelector(".others").hidden = picture.mayChange;
    this.details.querySelector(".problem").textContent = picture.ended;
    this.details.querySelector("[type=submit]").disabled = Boolean(picture.ended);
    this.details.hidden = false;
    if (move) (picture.mayChange && !picture.alt ? alt : this.details.querySelector("[type=submit]")).focus();
  }

  // Send what was typed about the picture in view; null if that failed, and the form says why.
  async keep() {
    const { picture, details } = this;
    const changed = ["alt", "caption", "credit"].some((name) => details.elements[name].value !== picture[name].replaceAll("\r\n", "\n"));
    if (!changed || !picture.mayChange) return picture;
    const answer = await this.ask(`${PicturePicker.home}${picture.id}/`, { method: "POST", body: new FormData(details) });
    const problem = Object.values(answer?.errors ?? {}).flat().join(" ") || this.dialog.dataset.lost;
    if (!answer?.image) details.querySelector(".problem").textContent = problem;
    return answer?.image ? Object.assign(picture, answer.image) : null;
  }

  async use() {
    const picture = await this.keep();
    if (!picture) return;
    this.dialog.close();
    this.onpick(picture);
  }
}

customElements.get("picture-picker") || customElements.define("picture-picker", PicturePicker);
