// <time-ago><time datetime="…">13 h 40</time></time-ago>: within a day it says how long ago that was, in the page's
// language ("il y a 2 h"); the exact moment stays in `datetime` and `title`. Without it the absolute time shows.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

class TimeAgo extends HTMLElement {
  connectedCallback() {
    this.time = this.querySelector("time");
    if (!this.time) return;
    this.at = Date.parse(this.time.dateTime);
    this.words = new Intl.RelativeTimeFormat(this.closest("[lang]")?.lang || "fr", { style: "short", numeric: "always" });
    this.show = this.show.bind(this);
    this.show();
    this.timer = setInterval(this.show, MINUTE);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const age = Date.now() - this.at;
    if (!(age < DAY)) return clearInterval(this.timer);
    if (age < MINUTE) return; // the time itself says it better than "0 minutes ago"
    const [count, unit] = age < HOUR ? [Math.floor(age / MINUTE), "minute"] : [Math.floor(age / HOUR), "hour"];
    const [absolute, place] = [this.time.textContent, this.place()];
    this.time.textContent = this.words.format(-count, unit);
    if (this.place() !== place) this.time.textContent = absolute; // nothing beside or below may change its line
  }

  place() {
    const [before, after] = [document.createRange(), document.createRange()];
    before.selectNodeContents(this.parentElement);
    before.setEndBefore(this);
    after.selectNodeContents(this.parentElement);
    after.setStartAfter(this);
    const boxes = [before, this, after, this.parentElement].map((part) => part.getBoundingClientRect());
    return boxes.map(({ top, bottom }) => `${top} ${bottom}`).join();
  }
}

customElements.define("time-ago", TimeAgo);
