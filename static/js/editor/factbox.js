// A box with facts beside the story: <aside class="fact-box"> with a title, sentences, a list, a table.
CKEDITOR.plugins.add("factbox", {
  requires: "desk,widget",

  init(editor) {
    const { words } = editor.desk;
    const element = (name, attributes = {}) => new CKEDITOR.htmlParser.element(name, attributes);

    editor.widgets.add("factbox", {
      draggable: true,
      allowedContent: "aside(!fact-box);div(fact-text)",
      requiredContent: "aside(fact-box)",
      pathName: words.factBox,
      parts: { text: "div.fact-text" },
      editables: { text: { selector: "div.fact-text" } },

      upcast(box) {
        if (box.name !== "aside" || !box.hasClass("fact-box")) return false;
        const text = element("div", { class: "fact-text" });
        for (const child of box.children.slice()) {
          child.remove();
          text.add(child);
        }
        if (!text.children.length) text.add(element("p"));
        box.add(text);
        return true;
      },

      downcast(box) {
        box.getFirst("div").replaceWithChildren();
        return box;
      },

      init() {
        const { text } = this.parts;
        text.setAttributes({ role: "textbox", "aria-multiline": "true", "aria-label": words.factBox });
        const hint = () => {
          for (const block of text.$.querySelectorAll("[data-hint]")) delete block.dataset.hint;
          const title = text.$.querySelector(":scope > h3");
          if (title && !title.textContent.trim()) title.dataset.hint = words.factTitle;
          const facts = [...text.$.children].filter((block) => block !== title);
          if (facts[0]?.matches("p") && !facts.some((block) => block.textContent.trim())) facts[0].dataset.hint = words.factText;
        };
        hint();
        const listener = editor.on("change", () => this.element.$.isConnected && hint());
        this.on("destroy", () => listener.removeListener());
      },
    });

    // Enter at the end of the title goes to the text that waits below it.
    editor.on("key", (event) => {
      if (event.data.keyCode !== 13 || editor.desk.widgetAtCaret()?.name !== "factbox") return;
      const range = editor.getSelection().getRanges()[0];
      const title = editor.elementPath()?.block;
      const next = title?.is("h3") && title.getNext((node) => node.type === CKEDITOR.NODE_ELEMENT);
      if (!next || !next.is("p") || next.getText().trim() || !range?.collapsed || !range.checkEndOfBlock()) return;
      event.cancel();
      range.moveToElementEditStart(next);
      range.select();
    });

    editor.addCommand("factbox", {
      exec() {
        editor.insertHtml(`<aside class="fact-box"><h3></h3><p></p></aside>`);
        const widget = editor.widgets.focused || editor.widgets.selected[0];
        if (widget?.name !== "factbox") return;
        widget.editables.text.focus();
        const range = editor.createRange();
        range.moveToElementEditStart(widget.editables.text.getFirst());
        range.select();
      },
    });
    editor.ui.addButton("FactBox", { label: words.factBox, command: "factbox", toolbar: "insert" });
  },
});
