/* Keeps what is typed: in this browser at once (IndexedDB, flushed to the disk), on the server when typing pauses; says
   who else has the story open and what was written since; offers what an earlier tab could not send any more. */
const PAUSE = 2500; // milliseconds without a key before the server is told
const ASKED = 500_000; // bytes from which on it is asked whether the server takes a form: what stands before it may not
const SLOWEST = 20; // bytes a millisecond of the slowest line that is waited for
const patience = (body) => AbortSignal.timeout(30_000 + body.length / SLOWEST);
const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "form_key", "tab", "kept", "typed_by"]);

/* One record per tab: {tab, user, article, version, at, fields, sent}, without fields while the server has them; `sent`: a button sent
   just these. Without IndexedDB (private windows of some browsers) every call fails, and the form says so if the server is away too. */
const store = {
  open() {
    return (this.database ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("desk", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("typed", { keyPath: "tab" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }));
  },
  async run(mode, work) {
    const transaction = (await this.open()).transaction("typed", mode, { durability: "strict" });
    const request = work(transaction.objectStore("typed"));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  },
  put(record) { return this.run("readwrite", (typed) => typed.put(record)); },
  drop(tab) { return this.run("readwrite", (typed) => typed.delete(tab)); },
  all() { return this.run("readonly", (typed) => typed.getAll()); },
};

class Refused extends Error {}
class SignedOut extends Error {} // its message: who is signed in instead

customElements.define("desk-autosave", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.presence = document.querySelector("desk-presence");
    this.tab = this.form.elements.tab.value;
    this.article = this.dataset.article;
    this.version = Number(this.form.elements.version.value) || 0;
    const unsaved = document.querySelector(".errornote, .conflict") || this.form.elements.kept.value;
    this.ready().then(() => {
      this.loaded = JSON.stringify(this.fields());
      this.stored = unsaved ? "" : this.loaded; // what the server has of this form
      this.form.addEventListener("input", () => this.typed());
      this.form.addEventListener("change", () => this.typed());
      for (const editor of this.editors()) editor.on("change", () => this.typed());
      this.sendWhatIsLeft().finally(() => unsaved && this.typed());
    });
    this.form.addEventListener("submit", (event) => this.submitting(event), { capture: true });
    if (this.article && this.form.action !== location.href.split("?")[0]) history.replaceState(null, "", this.form.action);
    this.form.addEventListener("desk:signed-in", () => this.beat());
    this.form.addEventListener("desk:other-person", ({ detail }) => this.failed(new SignedOut(detail)));
    addEventListener("online", () => this.beat());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => event.persisted && this.start());
    document.addEventListener("visibilitychange", () => !document.hidden && this.beat());
    this.start();
    this.hold();
  }

  editors() { return Object.values(globalThis.CKEDITOR?.instances ?? {}); }

  /* When every editor shows its text; what its widgets change in it while they start is not typed. */
  async ready() {
    await new Promise((resolve) => (document.readyState === "complete" ? resolve() : addEventListener("load", resolve)));
    const waiting = this.editors().filter((editor) => editor.status !== "ready");
    await Promise.all(waiting.map((editor) => new Promise((resolve) => editor.on("instanceReady", resolve))));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }

  fields() {
    const data = new FormData(this.form), fields = {};
    for (const editor of this.editors()) data.set(editor.element.$.name, editor.getData());
    for (const [name, value] of data) if (!SKIPPED.has(name) && typeof value === "string") (fields[name] ??= []).push(value);
    return fields;
  }

  start() {
    this.stopped = false;
    clearInterval(this.heart);
    this.heart = setInterval(() => this.beat(), this.dataset.beat * 1000);
    this.beat();
  }

  /* What stands in the form is in this browser before the form leaves it; and while the server does not answer, or the
     session has ended, it does not leave. */
  async submitting(event) {
    if (this.sure) return this.stop();
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.leavingFor) return;
    this.leavingFor = event.submitter;
    await new Promise((resolve) => setTimeout(resolve)); // within its own event a form takes no other
    this.sending = JSON.stringify(this.fields());
    await this.keepHere();
    while (this.waits && this.request) await new Promise((resolve) => setTimeout(resolve, 50)); // it may be answered
    if (this.waits) await this.beat();
    if (this.waits) this.scrollIntoView({ block: "nearest" });
    this.sure = !this.waits && !(await this.tooLarge());
    if (this.sure) this.form.requestSubmit(this.leavingFor);
    else this.sending = null;
    this.sure = this.leavingFor = null;
  }

  /* What the server, or what stands before it, does not take is said where errors stand, and the form does not leave. */
  async tooLarge() {
    document.getElementById("too-large")?.remove();
    for (const editor of this.editors()) editor.updateElement();
    const sent = new URLSearchParams(new FormData(this.form)).toString().replaceAll(/(?<!%0D)%0A/g, "%0D%0A"), most = Number(this.dataset.most);
    if (sent.length <= most && (await this.isTaken(sent))) return false;
    if (this.waits) return true; // no answer: that is said already
    const megabytes = (bytes) => (bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
    const sentence = sent.length > most ? this.dataset.tooLarge : this.dataset.refused;
    const said = Object.assign(document.createElement("p"), { id: "too-large", className: "errornote", tabIndex: -1 });
    said.setAttribute("role", "alert");
    const figures = sentence.replace("%(size)s", megabytes(sent.length)).replace("%(most)s", megabytes(most));
    said.textContent = `${figures} ${this.here === false ? this.dataset.nowhere : this.dataset.stays}`;
    this.form.before(said);
    said.focus();
    return true;
  }

  /* Asked once for each size. Some cut the line instead of answering: if a short question is answered, it was the size. */
  async isTaken(sent) {
    if (sent.length < Math.max(ASKED, this.taken ?? 0)) return true;
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const button = this.leavingFor, before = this.textContent;
    this.textContent = this.dataset.asking;
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.form.querySelector("desk-gate").dataset.url, { method: "POST", headers, body: sent, signal: patience(sent) });
      if (answer.status === 413) return false;
      this.taken = sent.length + 1;
      return true;
    } catch {
      await this.post({}).catch((error) => this.failed(error));
      return false;
    } finally {
      button?.removeAttribute("aria-busy");
      if (this.textContent === this.dataset.asking) this.textContent = before;
    }
  }

  stop() {
    this.stopped = true;
    clearInterval(this.heart);
    clearTimeout(this.pause);
    clearTimeout(this.writing);
    this.request?.abort();
    setTimeout(() => document.body.isConnected && this.stopped && this.start(), 15000); // still here: it did not come through
  }

  leave() {
    const fields = this.stored === undefined ? undefined : this.fields();
    if (this.stopped && (!fields || JSON.stringify(fields) === this.sending)) return; // a button sent it
    const unsent = fields && JSON.stringify(fields) !== this.stored;
    const short = unsent && JSON.stringify(fields).length < 50000; // browsers take 64 KB along when a page is left
    this.post({ leaving: true, ...(short && { fields }) }, { keepalive: true }).catch(() => {});
  }

  typed() {
    clearTimeout(this.writing);
    this.writing = setTimeout(() => this.keepHere(), 200);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.beat(), PAUSE);
  }

  async keepHere() {
    const fields = this.fields();
    if (this.stored === undefined || JSON.stringify(fields) === this.stored) return;
    await this.record(fields);
  }

  async record(fields) {
    const { tab, article, version, dataset: { user } } = this;
    const sent = Boolean(fields) && JSON.stringify(fields) === this.sending;
    this.here = await store.put({ tab, user, article, version, at: Date.now(), fields, sent }).then(() => true, () => false);
  }

  /* One request at a time; what is typed meanwhile goes with the next. */
  async beat(more = {}) {
    if (this.request || this.stopped) return;
    const fields = this.stored === undefined ? undefined : this.fields();
    const now = JSON.stringify(fields);
    const changed = fields && now !== this.stored;
    const asFound = changed && now === this.loaded && this.stored !== ""; // typed and taken back: nothing to keep
    this.request = new AbortController();
    try {
      const message = { ...(changed && { fields: asFound ? {} : fields }), ...more };
      const answer = await this.post(message, { signal: this.request.signal });
      if (answer.done) return void (await this.goOnAs(answer));
      this.show(answer, changed && !asFound);
      if (changed) {
        this.stored = now;
        if (JSON.stringify(this.fields()) === now) await this.record();
        else this.typed();
      }
    } catch (error) {
      if (!this.stopped) this.failed(error);
    } finally {
      this.request = null;
    }
  }

  /* What this tab held was saved, yet the form is still here (the answer was lost, or the way back led to it). */
  async goOnAs({ tab, token }) {
    const before = this.tab;
    if (this.sending) this.loaded = this.stored = this.sending; // that is what was saved
    this.tab = this.form.elements.tab.value = tab;
    this.hold();
    this.show({ token, here: [] }, false);
    this.typed();
    await this.keepHere();
    if (this.here) await store.drop(before).catch(() => {}); // else it would be offered once this tab is closed
  }

  hold() { navigator.locks?.request(`desk-${this.tab}`, () => new Promise(() => {})); } // while this tab lives

  async post(message, options = {}) {
    const { tab, article, version } = this;
    const body = JSON.stringify({ tab, article, version, user: this.dataset.user, ...message });
    const response = await fetch(this.dataset.pulse, {
      method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      body, ...options, signal: AbortSignal.any([patience(body), ...(options.signal ? [options.signal] : [])]),
    });
    if (response.status === 413) throw new Refused(this.dataset.unkept);
    if (response.headers.get("Content-Type") !== "application/json") throw response.status < 500 ? new SignedOut() : new Error();
    const answer = await response.json();
    if (answer.other) throw new SignedOut(answer.other);
    if (!response.ok) throw new Refused(answer.refused);
    return answer;
  }

  show(answer, kept) {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) if (answer.token) field.value = answer.token;
    if (kept) this.textContent = `${this.dataset.kept} ${answer.kept}`;
    else if (this.classList.contains("late")) this.textContent = "";
    this.classList.remove("late");
    this.waits = false;
    this.other = "";
    const sentences = [answer.taken, ...(answer.taken ? [] : answer.here), answer.news].filter(Boolean);
    const key = sentences.join("\n");
    if (key === this.said) return;
    this.said = key;
    this.presence.hidden = !key;
    this.presence.classList.toggle("taken", Boolean(answer.taken));
    this.presence.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })));
    if (answer.taken || answer.mayTakeOver) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button plain" });
      button.textContent = answer.taken ? this.dataset.takeBack : this.dataset.takeOver;
      button.addEventListener("click", () => this.takeOver(button, answer.taken));
      this.presence.append(button);
    }
    for (const button of this.form.querySelectorAll(".state-bar [type=submit]")) button.disabled = Boolean(answer.taken);
  }

  async takeOver(button, back) {
    button.disabled = true;
    while (this.request) await new Promise((resolve) => setTimeout(resolve, 50));
    await this.beat({ takeOver: true });
    button.disabled = false;
    if (!back) await this.refreshOffers();
  }

  failed(error) {
    this.classList.add("late");
    this.waits = !(error instanceof Refused); // what cannot be kept so can still be saved
    const ended = error instanceof SignedOut, { nowhere, here } = this.dataset;
    if (ended) this.other = error.message || this.other;
    const sentence = error instanceof Refused ? error.message : ended ? this.endedSentence() : here;
    this.textContent = this.here === false ? nowhere : sentence;
    if (!ended) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: this.dataset.signIn });
    button.addEventListener("click", () => this.form.dispatchEvent(new CustomEvent("desk:sign-in")));
    this.append(" ", button);
  }

  endedSentence() { return this.other ? this.dataset.other.replace("%(who)s", this.other) : this.dataset.ended; }

  /* What an earlier tab of this browser could not send (a crash, a dead network) goes to the server, which is told that
     the tab is gone, and is offered. */
  async sendWhatIsLeft() {
    if (!navigator.locks) return; // not known which tabs live: what they kept waits for them
    const alive = new Set((await navigator.locks.query()).held.map(({ name }) => name));
    const mine = (await store.all().catch(() => [])).filter(({ user, tab }) => user === this.dataset.user && tab !== this.tab);
    const left = mine.filter(({ tab, article, fields }) => !alive.has(`desk-${tab}`) && (article === this.article || !fields));
    for (const record of left) {
      const { tab, article, version, fields, sent } = record;
      try {
        const answer = fields ? await this.post({ tab, version, fields }) : {};
        const kept = answer.done && !sent ? answer.tab : tab; // that tab was saved, but this was typed after
        if (kept !== tab) await this.post({ tab: kept, version, fields });
        if (article === this.article) await this.post({ tab: kept, leaving: true });
        await store.drop(tab);
      } catch (error) {
        if (!(error instanceof Refused)) break; // the server is away: at the next visit
        if (fields && article === this.article) this.offerFromHere(record, error.message);
      }
    }
    if (this.here === undefined) await this.record();
    if (left.some(({ article }) => article === this.article)) await this.refreshOffers();
  }

  /* What the server refused waits in this browser: it is put into the form, or thrown away. */
  offerFromHere({ tab, version, at, fields }, reason) {
    const differing = this.differing(fields);
    if (!differing.length) return void store.drop(tab);
    const { lang } = document.documentElement, written = { dateStyle: "short", timeStyle: "short", timeZone: this.dataset.zone };
    const waiting = this.dataset.waiting.replace("%(when)s", at ? new Date(at).toLocaleString(lang, written) : "—");
    const offer = Object.assign(document.createElement("div"), { className: "here offer" });
    offer.setAttribute("role", "status");
    this.form.before(offer);
    for (const textContent of [reason, waiting, this.dataset.differs.replace("%(fields)s", differing.join(", "))]) {
      offer.append(Object.assign(document.createElement("p"), { textContent }));
    }
    const row = Object.assign(document.createElement("div"), { className: "row" });
    offer.append(row);
    const button = (words, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "button plain", textContent: words });
      made.addEventListener("click", async () => {
        if (!(await act())) return;
        await store.drop(tab);
        offer.remove();
      });
      row.append(made);
    };
    button(this.dataset.goOn, async () => {
      if (JSON.stringify(this.fields()) !== this.loaded && !confirm(this.dataset.overwrites)) return false;
      const unchecked = [...this.form.querySelectorAll("[type=checkbox]")].map(({ name }) => [name, []]);
      this.form.dispatchEvent(new CustomEvent("desk:fill", { detail: { ...Object.fromEntries(unchecked), ...fields } }));
      this.version = this.form.elements.version.value = version; // what was saved since is brought together with it
      await this.record(fields);
      if (!this.here) this.failed(new Refused());
      return this.here;
    });
    button(this.dataset.throwAway, () => confirm(this.dataset.sure));
  }

  /* The labels of what is not as it stands in the form. */
  differing(fields) {
    const now = this.fields();
    const names = Object.keys({ ...now, ...fields }).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(fields[name]));
    const label = (name) => this.form.elements[name]?.[0] ?? this.form.elements[name];
    const words = (name) => label(name)?.closest?.(".form-row")?.querySelector("label, legend")?.textContent.trim();
    return [...new Set(names.map((name) => words(name) ?? name))];
  }

  async refreshOffers() {
    if (this.form.elements.kept.value) return; // one of them stands in the form
    const page = await (await fetch(location.pathname)).text();
    const found = new DOMParser().parseFromString(page, "text/html").getElementById("offers");
    if (found) document.getElementById("offers").replaceWith(document.adoptNode(found));
  }
});
