/* <pick-list>: the lines of a textarea ("Name [key] (role)") as a list that can be added to with completion, ordered and
   emptied by keyboard. The textarea stays the form's field: without script, or for a screen too old, it is simply there. */
const LINE = /^(.*?)\s*(?:\[([-\w]+)\])?\s*(?:\(([^()]*)\))?$/;

class PickList extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    this.options = JSON.parse(this.dataset.options);
    this.words = this.options.words;
    this.items = this.read();
    this.area.hidden = true;
    this.list = this.appendChild(document.createElement("ul"));
    this.input = this.appendChild(this.makeInput());
    this.box = this.appendChild(document.createElement("ul"));
    this.box.setAttribute("role", "listbox");
    this.box.id = `${this.area.id}_found`;
    this.box.hidden = true;
    this.heard = this.appendChild(document.createElement("p"));
    this.heard.className = "quiet";
    this.heard.setAttribute("role", "status");
    const label = document.querySelector(`label[for="${this.area.id}"]`);
    this.area.form?.addEventListener("submit", () => this.settle());
    this.area.form?.addEventListener("desk:filled", () => { this.items = this.read(); this.show(); });
    if (label) label.htmlFor = this.input.id;
    else this.input.setAttribute("aria-label", this.area.getAttribute("aria-label") ?? this.words.add);
    this.show();
  }

  makeInput() {
    const input = document.createElement("input");
    Object.assign(input, { type: "text", id: `${this.area.id}_add`, autocomplete: "off", placeholder: this.words.add });
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": `${this.area.id}_found`,
    })) input.setAttribute(name, value);
    const help = document.getElementById(`${this.area.id}_helptext`);
    if (help) input.setAttribute("aria-describedby", help.id);
    input.addEventListener("input", () => { clearTimeout(this.wait); this.wait = setTimeout(() => this.ask(), 150); });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => { this.settle(); this.close(); }, 200));
    return input;
  }

  read() {
    const lines = this.area.value.split(this.options.commas ? /[,;\n]/ : "\n").map((line) => line.trim()).filter(Boolean);
    return lines.map((line) => {
      if (this.options.commas) return { label: line, key: "", role: "" };
      const [, label, key = "", role = ""] = line.match(LINE);
      const known = this.options.roles.find(([value, name]) => role && [value, name].includes(role));
      return this.options.roles.length ? { label, key, role: known?.[0] ?? role } : { label: role ? `${label} (${role})` : label, key, role: "" };
    });
  }

  write() {
    const line = ({ label, key, role }) => label + (key ? ` [${key}]` : "") + (role ? ` (${role})` : "");
    this.area.value = this.items.map(this.options.commas ? ({ label }) => label : line).join(this.options.commas ? ", " : "\n");
    this.area.dispatchEvent(new Event("change", { bubbles: true }));
  }

  fill(text) {
    this.area.value = text;
    this.items = this.read();
    this.write();
    this.show();
  }

  show(focus) {
    this.list.replaceChildren(...this.items.map((item, at) => this.row(item, at)));
    this.input.hidden = this.options.most && this.items.length >= this.options.most;
    if (focus) (this.list.querySelector(focus) ?? (this.input.hidden ? this.list.querySelector("button") : this.input)).focus();
  }

  row(item, at) {
    const row = document.createElement("li");
    row.append(Object.assign(document.createElement("span"), { textContent: item.label }));
    if (this.options.roles.length) {
      const select = document.createElement("select");
      select.setAttribute("aria-label", `${this.words.role}: ${item.label}`);
      select.append(...this.options.roles.map(([value, name]) => new Option(name, value, false, value === item.role)));
      select.addEventListener("change", () => { item.role = select.value; this.write(); });
      row.append(select);
    }
    if (this.options.ordered && this.items.length > 1) {
      row.append(this.button("↑", this.words.up, item, () => this.move(at, -1)), this.button("↓", this.words.down, item, () => this.move(at, 1)));
    }
    row.append(this.button("×", this.words.remove, item, () => { this.items.splice(at, 1); this.write(); this.show("nothing"); }));
    return row;
  }

  button(sign, word, item, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign });
    button.setAttribute("aria-label", `${word}: ${item.label}`);
    button.addEventListener("click", act);
    return button;
  }

  move(at, by) {
    const to = at + by;
    if (to < 0 || to >= this.items.length) return;
    this.items.splice(to, 0, ...this.items.splice(at, 1));
    this.write();
    this.show(`li:nth-child(${to + 1}) button:nth-of-type(${by < 0 ? 1 : 2})`);
  }

  async ask() {
    const text = this.input.value.trim();
    if (!text) return this.close();
    const address = new URL(this.dataset.url, location.href);
    address.searchParams.set("q", text);
    const response = await fetch(address, { headers: { Accept: "application/json" } });
    if (!response.ok || text !== this.input.value.trim()) return this.close();
    this.found = (await response.json()).results;
    if (this.options.allowNew && !this.found.some(({ label }) => label.toLowerCase() === text.toLowerCase())) {
      this.found.push({ label: text, key: "", hint: this.words.new });
    }
    this.at = -1; // before the first arrow: the first is marked, and Enter takes it
    this.box.replaceChildren(...this.found.map((item, at) => this.choice(item, at)));
    this.open(this.found.length > 0);
    this.heard.className = this.found.length ? "unseen" : "quiet";
    this.heard.textContent = this.found.length ? `${this.found.length} ${this.words.found}` : this.words.none;
    this.mark();
  }

  choice(item, at) {
    const choice = document.createElement("li");
    choice.setAttribute("role", "option");
    choice.id = `${this.box.id}_${at}`;
    choice.textContent = [item.hint, item.label, item.state && `– ${item.state}`].filter(Boolean).join(" ");
    choice.addEventListener("mousedown", (event) => { event.preventDefault(); this.add(item); });
    return choice;
  }

  mark() {
    const choice = this.box.children[Math.max(0, this.at)];
    for (const other of this.box.children) other.setAttribute("aria-selected", String(other === choice));
    this.input.setAttribute("aria-activedescendant", choice?.id ?? "");
    choice?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const open = !this.box.hidden;
    if (event.key === "Enter" || (event.key === "," && this.options.commas)) {
      event.preventDefault(); // Enter in a field must not send the form
      if (open) this.add(this.found[Math.max(0, this.at)]);
      else if (this.options.allowNew || this.input.value.includes("/")) this.settle();
    } else if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const last = this.found.length - 1;
      this.at = event.key === "ArrowDown" ? Math.min(last, this.at + 1) : Math.max(0, this.at - 1);
      this.mark();
    } else if (event.key === "Escape") this.close();
  }

  settle() { // what was typed and not chosen still goes to the server, which says what is wrong with it
    const text = this.input.value.trim();
    if (text) this.add({ label: text, key: "" });
  }

  add({ label, key, front }) {
    this.input.value = "";
    if (!this.items.some((item) => (key ? item.key === String(key) : item.label === label) && !this.options.roles.length)) {
      this.items.push({ label: label.replace(/\s+/g, " "), key: String(key && !this.options.commas ? key : ""), role: "", front });
      this.write();
    }
    this.close();
    this.show(document.activeElement === this.input ? "nothing" : "");
  }

  open(yes) {
    this.box.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes));
  }

  close() {
    this.open(false);
    if (!this.input.value) this.heard.textContent = "";
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("pick-list", PickList);
