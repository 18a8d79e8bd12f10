// <time-ago><time datetime="…">13 h 40</time></time-ago>: within a day it says how long ago that was, in the page's
// language ("il y a 2 h"); the exact moment stays in `datetime` and `title`. Without it the absolute time shows, and
// also where the shorter words would make what stands beside or below change its line.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

class TimeAgo extends HTMLElement {
  static all = new Set();

  connectedCallback() {
    this.time = this.querySelector("time");
    if (!this.time) return;
    this.format = new Intl.RelativeTimeFormat(this.closest("[lang]")?.lang || "fr", { style: "short", numeric: "always" });
    TimeAgo.all.add(this);
  }

  disconnectedCallback() {
    TimeAgo.all.delete(this);
  }

  words() {
    const age = Date.now() - Date.parse(this.time.dateTime);
    if (!(age >= MINUTE && age < DAY)) return this.time.textContent; // it says it better than "0 minutes ago"
    const [count, unit] = age < HOUR ? [Math.floor(age / MINUTE), "minute"] : [Math.floor(age / HOUR), "hour"];
    return this.format.format(-count, unit);
  }

  place() {
    const line = this.parentElement;
    const [before, after] = [document.createRange(), document.createRange()];
    before.selectNodeContents(line);
    before.setEndBefore(this);
    after.selectNodeContents(line);
    after.setStartAfter(this);
    const { top } = line.getBoundingClientRect();
    const boxes = [before, this, after].map((part) => part.getBoundingClientRect());
    return [line.offsetHeight, ...boxes.map((box) => `${box.top - top} ${box.bottom - top}`)].join();
  }

  // All are read, then all written, then all read again: two layouts, however many there are.
  static show() {
    const shown = [...TimeAgo.all].map((one) => ({ one, text: one.time.textContent, place: one.place() }));
    for (const { one } of shown) one.time.textContent = one.words();
    const moved = shown.filter(({ one, place }) => one.place() !== place);
    for (const { one, text } of moved) one.time.textContent = text;
  }
}

customElements.define("time-ago", TimeAgo);
TimeAgo.show();
setInterval(TimeAgo.show, MINUTE);
