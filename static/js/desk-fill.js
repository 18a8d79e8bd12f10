/* Puts values into the article form's fields, whatever their widgets make of them: the event "desk:fill" brings
   {name: [values]}, as a browser would send them. */
const form = document.querySelector("#article_form");

form?.addEventListener("desk:fill", ({ detail }) => {
  for (const [name, values] of Object.entries(detail)) fill(name, values.map(String));
});

function fill(name, values) {
  const editor = Object.values(globalThis.CKEDITOR?.instances ?? {}).find(({ element }) => element.$.name === name);
  if (editor) return editor.setData(values[0] ?? "", { callback: () => editor.fire("saveSnapshot") });
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  for (const field of fields) {
    const list = field.closest("pick-list"), picture = field.closest("picture-field");
    if (picture) return void picture.fill(values[0] ?? "");
    if (list) list.fill(values[0] ?? "");
    else if (field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
  for (const kind of ["input", "change"]) fields[0]?.dispatchEvent(new Event(kind, { bubbles: true }));
}
