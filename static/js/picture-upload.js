// <picture-upload>: many files at once, chosen or dropped; one request a file, its progress and its outcome beside it.
// Each picture taken is told by the event "uploaded" (detail: the picture). Without script it is a plain file input.
class PictureUpload extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector(".outcomes");
    this.waiting = [];
    this.input.addEventListener("change", () => {
      this.add(this.input.files);
      this.input.value = "";
    });
    const drop = this.querySelector(".drop");
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (event) => (event.preventDefault(), drop.classList.add("over")));
    }
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => (event.preventDefault(), this.add(event.dataTransfer.files)));
    this.dispatchEvent(new Event("ready", { bubbles: true }));
  }

  add(files) {
    for (const file of files) {
      const row = document.createElement("li");
      row.innerHTML = '<span class="file"></span><progress max="1" value="0"></progress><span class="outcome"></span>';
      row.querySelector(".file").textContent = file.name;
      row.querySelector("progress").setAttribute("aria-label", file.name);
      this.outcome(row, this.dataset.waiting);
      this.list.append(row);
      this.waiting.push({ file, row });
    }
    if (!this.busy) this.next();
  }

  async next() {
    this.busy = true;
    while (this.waiting.length) {
      const { file, row } = this.waiting.shift();
      if (file.size > Number(this.dataset.most)) this.refused(file, row, this.dataset.full, false);
      else await this.send(file, row);
    }
    this.busy = false;
  }

  send(file, row) {
    const form = new FormData();
    form.append("file", file);
    const credit = this.closest("form")?.elements.credit;
    if (credit) form.append("credit", credit.value);
    const request = new XMLHttpRequest(); // fetch tells nothing of an upload's progress
    const progress = row.querySelector("progress");
    request.open("POST", this.dataset.address);
    request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    request.upload.addEventListener("progress", (event) => {
      progress.value = event.loaded / event.total;
      if (event.loaded === event.total) this.outcome(row, this.dataset.working);
    });
    return new Promise((done) => {
      request.addEventListener("loadend", () => {
        const answer = this.read(request);
        if (answer?.image) this.kept(row, answer);
        else this.refused(file, row, answer?.error || this.reason(request.status), !answer?.error);
        done();
      });
      request.send(form);
    });
  }

  read(request) {
    const isJson = request.getResponseHeader("Content-Type")?.startsWith("application/json");
    return isJson ? JSON.parse(request.responseText) : null;
  }

  reason(status) {
    if (status === 413) return this.dataset.full;
    return status >= 500 ? this.dataset.broken : this.dataset.failed;
  }

  outcome(row, sentence, ...more) {
    row.querySelector(".outcome").replaceChildren(sentence, ...more);
  }

  kept(row, { image, notices }) {
    const link = document.createElement("a");
    Object.assign(link, { href: image.address, target: "_blank", textContent: this.dataset.describe.replace("%(title)s", () => image.title) });
    const thumb = Object.assign(document.createElement("img"), { src: image.thumb, alt: "" });
    row.querySelector("progress").replaceWith(thumb);
    row.className = "kept";
    this.outcome(row, `${notices.length ? notices.join(" ") : this.dataset.kept} `, link);
    this.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: image }));
  }

  refused(file, row, sentence, again) {
    row.className = "refused";
    row.querySelector("progress").hidden = true;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: this.dataset.again });
    button.addEventListener("click", () => (row.remove(), this.add([file])));
    this.outcome(row, `${sentence} `, ...(again ? [button] : []));
  }
}

customElements.get("picture-upload") || customElements.define("picture-upload", PictureUpload);
