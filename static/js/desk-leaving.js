/* Asks before a form with unsaved changes is left; the buttons of the form itself never ask. */
const form = document.querySelector("form[data-leaving]");
let changed = Boolean(document.querySelector(".errornote, .conflict, [data-placed]"));
let sending = false;

form?.addEventListener("input", () => { changed = true; });
form?.addEventListener("change", () => { changed = true; });
form?.addEventListener("submit", (event) => {
  if (event.submitter?.formTarget) return; // shown in a frame: the form stays, unsaved
  if (sending) {
    event.preventDefault(); // a second click while the first is on its way
    return;
  }
  sending = true;
  setTimeout(() => { sending = false; }, 5000);
});
addEventListener("beforeunload", (event) => {
  const edited = Object.values(globalThis.CKEDITOR?.instances ?? {}).some((editor) => editor.checkDirty());
  if ((changed || edited) && !sending) event.preventDefault();
});
addEventListener("pageshow", () => { sending = false; });
