// A quote and who said it: <blockquote><p>…</p><footer>speaker</footer></blockquote>, both written in place.
CKEDITOR.plugins.add("speaker", {
  requires: "desk,widget",

  init(editor) {
    const { words } = editor.desk;
    const element = (name, attributes = {}) => new CKEDITOR.htmlParser.element(name, attributes);

    editor.widgets.add("speaker", {
      draggable: true,
      allowedContent: "blockquote footer p ul ol li; div(quote-text)",
      requiredContent: "blockquote",
      pathName: words.quote,
      parts: { said: "div.quote-text", speaker: "footer" },
      editables: {
        said: { selector: "div.quote-text", allowedContent: "p ul ol li strong em s sub sup cite abbr br; a[href,rel,data-article]" },
        speaker: { selector: "footer", allowedContent: "em strong cite abbr br; a[href,rel,data-article]" },
      },
      template: `<blockquote><div class="quote-text"><p></p></div><footer></footer></blockquote>`,

      upcast(quote) {
        if (quote.name !== "blockquote") return false;
        const footer = quote.getFirst("footer") || element("footer");
        if (footer.parent) footer.remove();
        const text = element("div", { class: "quote-text" });
        for (const child of quote.children.slice()) {
          child.remove();
          text.add(child);
        }
        if (!text.children.length) text.add(element("p"));
        quote.add(text);
        quote.add(footer);
        return true;
      },

      downcast(quote) {
        const footer = quote.getFirst("footer");
        quote.getFirst("div").replaceWithChildren();
        if (!footer.getHtml().replace(/<[^>]*>|&nbsp;|\s/g, "")) footer.remove();
        return quote;
      },

      init() {
        const hints = { said: words.quoteHint, speaker: words.speakerHint };
        this.parts.said.setAttributes({ role: "textbox", "aria-multiline": "true", "aria-label": words.quote });
        const hint = () => {
          for (const [part, text] of Object.entries(hints)) {
            if (this.parts[part].getText().trim()) this.parts[part].removeAttribute("data-hint");
            else this.parts[part].setAttribute("data-hint", text);
          }
        };
        hint();
        const listener = editor.on("change", () => this.element.$.isConnected && hint());
        this.on("destroy", () => listener.removeListener());
      },
    });

    // The speaker is one line: Enter goes on behind the quote.
    editor.on("key", (event) => {
      if (![13, CKEDITOR.SHIFT + 13].includes(event.data.keyCode)) return;
      const widget = editor.desk.widgetAtCaret();
      const caret = editor.getSelection()?.getStartElement();
      if (widget?.name !== "speaker" || !caret.getAscendant((node) => widget.parts.speaker.equals(node), true)) return;
      event.cancel();
      editor.fire("saveSnapshot");
      editor.desk.paragraphBehind(widget.wrapper);
      editor.fire("saveSnapshot");
    });

    editor.addCommand("quote", {
      exec() {
        const selection = editor.getSelection();
        const text = selection.getSelectedText().trim();
        const said = text.split(/\n+/).map((line) => `<p>${CKEDITOR.tools.htmlEncode(line)}</p>`).join("");
        editor.insertHtml(`<blockquote>${text ? said : "<p></p>"}<footer></footer></blockquote>`);
        const widget = editor.widgets.focused || editor.widgets.selected[0];
        if (widget?.name === "speaker") widget.editables[text ? "speaker" : "said"].focus();
      },
    });
    editor.ui.addButton("Speaker", { label: words.quote, command: "quote", toolbar: "insert" });
  },
});
