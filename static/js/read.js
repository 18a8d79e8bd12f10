// Says once that a story was read: after five seconds in view, by its id and nothing else. It stores nothing.
// Alt+Shift+E leads to its form at the desk: for those who work there, without another file for everybody else.
const FIVE_SECONDS = 5000;

const story = document.querySelector("[data-story]")?.dataset.story;
const [arrival] = performance.getEntriesByType("navigation");

function atDesk() {
  try {
    return localStorage.getItem("desk") !== null; // set by the desk's own pages, never here
  } catch {
    return false;
  }
}

function countWhenRead() {
  let seen = 0;
  let since = 0;
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (since) seen += performance.now() - since;
    since = 0;
    if (document.visibilityState !== "visible") return;
    since = performance.now();
    timer = setTimeout(() => {
      document.removeEventListener("visibilitychange", look);
      navigator.sendBeacon("/read/", story);
    }, Math.max(0, FIVE_SECONDS - seen));
  };
  document.addEventListener("visibilitychange", look);
  look();
}

const preview = "preview" in document.documentElement.dataset;
if (story && !preview && navigator.sendBeacon && (!arrival || arrival.type === "navigate") && !atDesk()) {
  if (document.prerendering) document.addEventListener("prerenderingchange", countWhenRead, { once: true });
  else countWhenRead();
}

// By the key's place: with Alt, a Mac types another character. A shortcut of modifiers disturbs nobody (WCAG 2.1.4).
addEventListener("keydown", (event) => {
  if (event.code !== "KeyE" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || event.repeat) return;
  if (!story || event.target.closest?.("input, textarea, select")) return;
  event.preventDefault();
  location.assign(`/admin/go/?url=${encodeURIComponent(location.pathname)}`);
});
