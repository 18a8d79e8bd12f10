// What our other editor plugins stand on: the words of the interface, one small form dialog, paragraph
// styles, French quotation marks, what a paste brings, and the editable's name, language and error as a screen
// reader meets them.
CKEDITOR.plugins.add("desk", {
  requires: "richcombo",

  beforeInit(editor) {
    const { words } = editor.config.desk;
    editor.desk = {
      words,
      form: (options) => openForm(editor, options),
      keepCaret: () => keepCaret(editor),
      insertBlock: (html) => insertBlock(editor, html),
      paragraphBehind: (block) => caretIn(editor, paragraphBehind(editor, block)),
      // CKEditor's own "widget holding the focused editable" follows the caret only some moments later.
      widgetAtCaret() {
        const element = editor.getSelection()?.getStartElement();
        return element ? editor.widgets.getByElement(element) : null;
      },
      escape: CKEDITOR.tools.htmlEncodeAttr,
    };
  },

  init(editor) {
    const { words } = editor.desk;
    addStyles(editor, words);
    editor.addCommand("guillemets", { exec: () => guillemets(editor) });
    editor.ui.addButton("Guillemets", { label: words.guillemets, command: "guillemets", toolbar: "insert" });
    editor.on("contentDom", () => describe(editor));
    editor.on("dataReady", () => roomToWrite(editor));
    editor.on("change", () => roomToWrite(editor));
    receivePastes(editor);
    editor.on("instanceReady", () => {
      editor.container.setAttribute("lang", editor.langCode);
      document.querySelector(`label[for="${editor.name}"]`)?.addEventListener("click", () => editor.focus());
      setTimeout(() => editor.resetDirty()); // what the widgets add to what they show is no change of the text
    });
  },
});

// Tables begin with a row of headings.
CKEDITOR.on("dialogDefinition", ({ data }) => {
  if (data.name === "table") data.definition.getContents("info").get("selHeaders").default = "row";
});

// What a paste brings and the server would take out anyway: pictures of other houses (the browser would ask for
// them at once), addresses that run something; headings get the ranks a story has. The rest is the content filter's.
const PICTURE = /<img\b(?![^>]*\bdata-image=)[^>]*>/gi;
const tidied = (html) =>
  html
    .replace(PICTURE, (tag) => (/\bsrc=["']data:image\//i.test(tag) ? tag : ""))
    .replace(/\bhref\s*=\s*(["']?)\s*(?:javascript|data|vbscript):[^"'>]*\1/gi, "")
    .replace(/<(\/?)h1\b/gi, "<$1h2")
    .replace(/<(\/?)h[4-6]\b/gi, "<$1h3");

// Pictures that come with a paste or are dropped go into the library, and stand in the text from there; those of other
// houses are left out, and that is said. At 1 and at 4: between them, CKEditor's filters for Word and its like read the
// clipboard again.
const INLINE = /<img\b(?![^>]*(?:\bdata-image=|cke_widget_drag_handler))[^>]*?\bsrc=(["'])data:image\/[^"']*\1[^>]*>/gi;

function receivePastes(editor) {
  const { words } = editor.desk;
  let said;
  const say = (sentence, kind = "warning", milliseconds = 10000) => {
    said?.hide();
    said = editor.showNotification(sentence, kind, milliseconds);
  };
  const taken = async (file) => {
    say(words.taking, "info", 0);
    const picture = await upload(file, titleFor(editor, file), words.notTaken).catch((error) => say(error.message));
    if (picture) say(words.taken, "info");
    return picture;
  };
  const pictures = (files) =>
    files?.isFileTransfer() ? [...Array(files.getFilesCount()).keys()].map((at) => files.getFile(at)).filter(({ type }) => type.startsWith("image/")) : [];
  editor.on("paste", async (event) => {
    const files = pictures(event.data.dataTransfer);
    if (!files.length) return;
    event.cancel();
    const found = [];
    for (const file of files) found.push(await taken(file));
    const html = found.filter(Boolean).map((picture) => editor.desk.figureOf(picture)).join("");
    if (html) insertBlock(editor, html);
    goOnBehind(editor);
  }, null, null, 0);
  for (const priority of [1, 4]) {
    editor.on("paste", (event) => {
      const { data } = event;
      const ownHandle = (tag) => tag.includes("cke_widget_drag_handler"); // of a picture that is copied within the text
      if (priority === 4 && data.dataValue.match(INLINE)) {
        event.cancel();
        return void insertWithPictures(editor, data.dataValue, taken);
      }
      const html = data.dataValue;
      if (html.replace(INLINE, "").match(PICTURE)?.some((tag) => !ownHandle(tag))) say(words.pasted);
      data.dataValue = tidied(html);
    }, null, null, priority);
  }
  // In place of CKEditor's own handler for Google Docs, whose filter fails on a span that sets no vertical-align.
  editor.pasteTools.register({
    priority: 1,
    filters: ["pastetools/filter/common.js", "pastefromgdocs/filter/default.js"].map((file) => CKEDITOR.getUrl(`plugins/${file}`)),
    canHandle: ({ data }) => /id=["']?docs-internal-guid-/.test(data.dataValue),
    handle({ data }) {
      data.dontFilter = true;
      const aligned = (tag) =>
        /\bstyle=["']/.test(tag)
          ? tag.replace(/\bstyle=["']/, "$&vertical-align:baseline;")
          : tag.replace(/>$/, ' style="vertical-align:baseline">');
      const html = data.dataValue.replace(/<span\b(?![^>]*\bvertical-align)[^>]*>/gi, aligned);
      data.dataValue = CKEDITOR.pasteFilters.gdocs(html, editor);
    },
  });
}

// What the library calls a picture that came without a name, as a screen's does: after the story it was put into,
// unless only few may know of that.
function titleFor(editor, file) {
  if (file.name && !/^(image|picture|unknown)?(\.\w+)?$/i.test(file.name)) return "";
  const { title, restricted } = editor.element.$.form?.elements ?? {};
  const story = restricted?.checked ? "" : title?.value.trim();
  return [editor.element.getAttribute("data-pasted"), story].filter(Boolean).join(", ");
}

// A picture file, into the library; what it is there. Throws with the sentence that says why not.
async function upload(file, title, notTaken) {
  const form = new FormData();
  form.append("file", file, file.name || "picture");
  form.append("title", title);
  const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  const response = await fetch("/admin/images/image/picker/upload/", { method: "POST", body: form, headers }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!answer?.image) throw new Error(answer?.error || notTaken);
  return answer.image;
}

// A pasted text whose pictures stand in it as data: each is uploaded first, then the text goes where the caret is.
async function insertWithPictures(editor, html, taken) {
  const back = editor.desk.keepCaret();
  const figures = [];
  for (const [tag] of html.matchAll(INLINE)) {
    const [, type, data] = tag.match(/src=["']data:(image\/[^;]+);base64,([^"']*)/i) ?? [];
    const bytes = data && Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const picture = bytes && (await taken(new File([bytes], "picture", { type })));
    figures.push(picture ? editor.desk.figureOf(picture) : "");
  }
  back();
  editor.insertHtml(tidied(html.replace(INLINE, () => figures.shift())));
  goOnBehind(editor);
}

// What is pasted or typed next does not take the place of the picture just put in.
function goOnBehind(editor) {
  const picture = editor.widgets.focused?.wrapper;
  if (!picture) return;
  let next = picture.getNext((node) => node.type === CKEDITOR.NODE_ELEMENT);
  if (!next?.is("p", "h2", "h3")) next = paragraphBehind(editor, picture);
  caretIn(editor, next);
}

function paragraphBehind(editor, block) {
  const paragraph = editor.document.createElement("p");
  paragraph.appendBogus();
  paragraph.insertAfter(block);
  return paragraph;
}

function caretIn(editor, block) {
  const range = editor.createRange();
  range.moveToElementEditStart(block);
  range.select();
}

// «, a narrow no-break space, what was selected, a narrow no-break space, »; without a selection the caret
// stands within.
function guillemets(editor) {
  const text = editor.getSelection().getSelectedText().trim();
  editor.insertText(`«\u202f${text}\u202f»`);
  if (text) return;
  const range = editor.getSelection().getRanges()[0];
  const node = range.startContainer.type === CKEDITOR.NODE_TEXT ? range.startContainer : range.getPreviousNode();
  if (node?.type !== CKEDITOR.NODE_TEXT) return;
  const end = range.startContainer.equals(node) ? range.startOffset : node.getLength();
  range.setStart(node, end - 2);
  range.collapse(true);
  range.select();
}

function addStyles(editor, words) {
  const config = editor.config;
  const classed = (style) => (style === "leadin" ? { element: "p", attributes: { class: "lead-in" } } : { element: style });
  const names = config.format_tags.split(";").map((tag) => (tag === "p" ? "text" : tag));
  const styles = Object.fromEntries(names.map((name) => [name, new CKEDITOR.style(classed(name === "text" ? "p" : name))]));
  const current = (path) => {
    const block = path.block || path.blockLimit;
    if (block?.is("p") && block.hasClass("lead-in")) return "leadin";
    return names.find((name) => name !== "text" && block?.is(name)) || (block?.is("p") ? "text" : "");
  };
  const apply = (name) => {
    editor.fire("saveSnapshot");
    // A style copies the classes of the block it replaces; a lead paragraph's must not go on.
    const iterator = editor.getSelection().getRanges()[0]?.createIterator();
    for (let block = iterator?.getNextParagraph(); block; block = iterator.getNextParagraph()) block.removeClass("lead-in");
    styles[name].apply(editor);
    editor.fire("saveSnapshot");
  };
  editor.ui.addRichCombo("Paragraph", {
    label: words.text,
    title: words.styles,
    toolbar: "styles,20",
    allowedContent: "p(lead-in);h2;h3",
    panel: { css: [CKEDITOR.skin.getPath("editor")], multiSelect: false, attributes: { "aria-label": words.styles } },
    init() {
      for (const name of names) this.add(name, CKEDITOR.tools.htmlEncode(words[name]), words[name]);
    },
    onClick(name) {
      editor.focus();
      apply(name);
    },
    onRender() {
      editor.on("selectionChange", ({ data }) => {
        const name = current(data.path);
        this.setValue(name, name ? words[name] : words.text);
      });
    },
  });
  names.forEach((name, number) => {
    editor.addCommand(`style-${name}`, { exec: () => apply(name) });
    editor.setKeystroke(CKEDITOR.CTRL + CKEDITOR.ALT + 48 + number, `style-${name}`); // Ctrl+Alt+0 … 3
  });
}

// The label names the editable, and help and error stay tied to it: CKEditor hides the textarea they belong to.
function describe(editor) {
  const textarea = editor.element.$;
  const editable = editor.editable();
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  if (label) label.id ||= `${textarea.id}_label`;
  const row = textarea.closest(".form-row");
  const errors = row?.querySelector(".errorlist");
  if (errors) errors.id ||= `${textarea.id}_error`;
  const help = document.getElementById(`${textarea.id}_helptext`);
  editable.setAttributes({ role: "textbox", "aria-multiline": "true", spellcheck: "true", tabindex: "0" });
  if (label) editable.setAttribute("aria-labelledby", label.id).removeAttribute("aria-label");
  else editable.setAttribute("aria-label", textarea.getAttribute("aria-label") || editor.desk.words.text);
  const described = [textarea.getAttribute("aria-describedby"), help?.id, errors?.id];
  const ids = [...new Set(described.filter(Boolean).join(" ").split(" "))].filter((id) => document.getElementById(id));
  if (ids.length) editable.setAttribute("aria-describedby", ids.join(" "));
  if (errors) editable.setAttribute("aria-invalid", "true");
  const language = textarea.form?.elements.namedItem("language");
  const speak = () => editable.setAttribute("lang", language?.value || document.documentElement.lang);
  language?.addEventListener?.("change", speak);
  speak();
}

// After a quote, a fact box, a table or a picture at the end there is always a paragraph to go on in.
function roomToWrite(editor) {
  // What the editor itself hangs there, such as the line between blocks or a mark for the caret, is no block.
  const isBlock = (node) => node.type === CKEDITOR.NODE_ELEMENT && node.getName() in CKEDITOR.dtd.$block && !node.data("cke-temp");
  const last = editor.editable()?.getLast(isBlock);
  if (last && !last.is("p", "h2", "h3")) paragraphBehind(editor, last);
}

// The caret, kept while a dialog has the focus: returns what puts it back. Marks in the text, not offsets: CKEditor
// takes its invisible filling away when the focus leaves, which moves every offset behind it.
function keepCaret(editor) {
  const marks = editor.getSelection()?.createBookmarks();
  return () => {
    editor.focus();
    if (marks) editor.getSelection().selectBookmarks(marks);
  };
}

// A picture or a player stands between paragraphs. Where none may be (a quote, a fact box, a table, a list), it comes
// after what the caret is in, and is not dropped.
function insertBlock(editor, html) {
  const path = editor.elementPath();
  const top = path?.elements.find((element) => element.getParent()?.equals(editor.editable()));
  if (top && !top.is("p", "h2", "h3")) {
    caretIn(editor, paragraphBehind(editor, top));
    editor.setActiveFilter(null);
  }
  editor.insertHtml(html);
}

// A modal form: `fields` are {name, label, value, help, type, options, required}; `onsubmit(values, say)` returns
// false, or a promise of it, to keep it open. The caret is where it was when the form closes.
function openForm(editor, { title, fields, ok, remove, extend, onsubmit, onremove }) {
  const { words } = editor.desk;
  const back = keepCaret(editor);
  const dialog = document.createElement("dialog");
  const id = CKEDITOR.tools.getNextId();
  dialog.className = "desk-dialog";
  dialog.setAttribute("aria-labelledby", `${id}_title`);
  const encode = CKEDITOR.tools.htmlEncodeAttr;
  const control = ({ name, value = "", type = "text", options, required }) =>
    options
      ? `<select name="${name}" id="${id}_${name}">${options
          .map(([key, word]) => `<option value="${key}"${key === value ? " selected" : ""}>${encode(word)}</option>`)
          .join("")}</select>`
      : `<input type="${type}" name="${name}" id="${id}_${name}" autocomplete="off" aria-describedby="${id}_${name}_help"
          ${type === "checkbox" ? (value ? "checked" : "") : `value="${encode(value)}"`}${required ? " required" : ""}>`;
  dialog.innerHTML = `<form method="dialog" novalidate><h2 id="${id}_title">${encode(title)}</h2>${fields
    .map((field) =>
      field.type === "checkbox"
        ? `<p><label>${control(field)} ${encode(field.label)}</label></p>`
        : `<p><label for="${id}_${field.name}">${encode(field.label)}</label>${control(field)}
           <span class="help" id="${id}_${field.name}_help">${encode(field.help || "")}</span></p>`
    )
    .join("")}<div class="more"></div><p class="said" role="alert"></p><p class="row">
    <button type="submit" class="default button">${encode(ok || words.ok)}</button>
    <button type="button" value="cancel" class="button">${encode(words.cancel)}</button>
    ${remove ? `<button type="button" value="remove" class="button">${encode(remove)}</button>` : ""}</p></form>`;
  const form = dialog.firstChild;
  const say = (sentence) => (form.querySelector(".said").textContent = sentence);
  const close = (then) => {
    dialog.close();
    back();
    then?.();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    const then = await onsubmit(values, say);
    if (then !== false && dialog.open) close(then);
  });
  form.querySelector("[value=cancel]").addEventListener("click", () => close());
  form.querySelector("[value=remove]")?.addEventListener("click", () => close(onremove));
  dialog.addEventListener("cancel", () => setTimeout(back));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  extend?.({ form, more: form.querySelector(".more"), say, id });
  dialog.showModal();
  form.elements[0].focus();
  return dialog;
}
