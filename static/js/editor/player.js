// A video or sound of another site: the address is stored, nothing is loaded, neither here nor on the page
// before a reader asks for it.
CKEDITOR.plugins.add("player", {
  requires: "desk,widget",

  init(editor) {
    const { words } = editor.desk;
    const known = /^https?:\/\/(?:(?:www|m|music|player|geo|w|api)\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|soundcloud\.com)\/\S+$/i;

    editor.widgets.add("player", {
      draggable: true,
      allowedContent: "figure[!data-embed];figcaption;div(player)",
      requiredContent: "figure[data-embed]",
      pathName: words.embed,
      parts: { caption: "figcaption", box: "div.player" },
      editables: { caption: { selector: "figcaption", allowedContent: "em strong s sub sup cite abbr br; a[href,rel,data-article]" } },

      upcast(figure) {
        const address = figure.name === "figure" && figure.attributes["data-embed"];
        if (!address) return false;
        const caption = figure.getFirst("figcaption") || new CKEDITOR.htmlParser.element("figcaption", {});
        if (caption.parent) caption.remove();
        const box = new CKEDITOR.htmlParser.element("div", { class: "player" });
        box.add(new CKEDITOR.htmlParser.text(CKEDITOR.tools.htmlEncode(address)));
        figure.children = [];
        figure.add(box);
        figure.add(caption);
        return true;
      },

      downcast(figure) {
        figure.getFirst("div")?.remove();
        const caption = figure.getFirst("figcaption");
        if (caption && !caption.getHtml().replace(/<[^>]*>|&nbsp;|\s/g, "")) caption.remove();
        return figure;
      },

      init() {
        const hint = () => {
          if (this.parts.caption.getText().trim()) this.parts.caption.removeAttribute("data-hint");
          else this.parts.caption.setAttribute("data-hint", words.caption);
        };
        hint();
        const listener = editor.on("change", () => this.element.$.isConnected && hint());
        this.on("destroy", () => listener.removeListener());
      },
    });

    editor.addCommand("player", {
      exec() {
        editor.desk.form({
          title: words.embed,
          fields: [{ name: "address", label: words.embedAddress, help: words.embedHelp, type: "url", required: true }],
          onsubmit({ address }, say) {
            address = address.trim();
            if (!known.test(address)) {
              say(words.embedWrong);
              return false;
            }
            return () => editor.desk.insertBlock(`<figure data-embed="${editor.desk.escape(address)}"><figcaption></figcaption></figure>`);
          },
        });
      },
    });
    editor.ui.addButton("Player", { label: words.embed, command: "player", toolbar: "insert" });
  },
});
