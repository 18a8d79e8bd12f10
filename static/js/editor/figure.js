// A picture of the library in the text, with a caption of its own and a place. The stored form names the
// picture by its id; the <img> is there only to be seen.
CKEDITOR.plugins.add("figure", {
  requires: "desk,widget",

  init(editor) {
    const { words } = editor.desk;
    const places = ["", "wide", "align-left", "align-right"];

    editor.widgets.add("figure", {
      draggable: true,
      allowedContent: "figure(align-left,align-right,wide)[!data-image];img[!data-image,!src,alt,title];figcaption",
      requiredContent: "figure[data-image]",
      pathName: words.figure,
      parts: { image: "img", caption: "figcaption" },
      editables: { caption: { selector: "figcaption", allowedContent: "em strong s sub sup cite abbr br; a[href,rel,data-article]" } },

      upcast(element) {
        if (element.name !== "figure" || !element.attributes["data-image"]) return false;
        if (!element.getFirst("img")) {
          const img = new CKEDITOR.htmlParser.element("img", { src: "data:,", alt: "", "data-image": element.attributes["data-image"] });
          element.add(img, 0);
        }
        if (!element.getFirst("figcaption")) element.add(new CKEDITOR.htmlParser.element("figcaption", {}));
        return true;
      },

      downcast(element) {
        const caption = element.getFirst("figcaption");
        if (caption && !caption.getHtml().replace(/<[^>]*>|&nbsp;|\s/g, "")) caption.remove();
        else if (caption) delete caption.attributes["data-hint"];
        return element;
      },

      init() {
        this.setData({
          id: this.element.getAttribute("data-image"),
          place: places.find((place) => place && this.element.hasClass(place)) || "",
        });
        this.element.setAttribute("aria-label", words.figure);
        const hint = () => {
          const own = this.parts.image.getAttribute("title");
          const empty = !this.parts.caption.getText().trim();
          if (empty) this.parts.caption.setAttribute("data-hint", own || words.captionHint);
          else this.parts.caption.removeAttribute("data-hint");
        };
        hint();
        const listener = editor.on("change", () => this.parts.caption.$.isConnected && hint());
        this.on("destroy", () => listener.removeListener());
        this.on("doubleclick", (event) => {
          event.cancel();
          editor.execCommand("figure");
        });
      },

      data() {
        for (const place of places.slice(1)) this.element.removeClass(place);
        if (this.data.place) this.element.addClass(this.data.place);
        this.wrapper.setAttribute("data-place", this.data.place);
      },
    });

    const picker = () => document.querySelector("picture-picker") || document.createElement("picture-picker");
    const choose = (onpick, id = "") => {
      const back = editor.desk.keepCaret();
      picker().open({
        id,
        onpick(image) {
          back();
          onpick(image);
        },
      });
    };
    // The picture as the library knows it, after its texts are written there if they are given; else null, and why.
    const ask = async (id, texts, say) => {
      const form = new FormData();
      for (const name of ["alt", "caption", "credit"]) form.append(name, texts?.[name] ?? "");
      const headers = { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
      const answer = await fetch(`/admin/images/image/picker/${id}/`, texts && { method: "POST", body: form, headers }).catch(() => null);
      const told = answer && !answer.redirected ? await answer.json().catch(() => null) : null;
      if (!told?.image) say?.(Object.values(told?.errors ?? {}).flat().join(" ") || words.altFailed);
      return told?.image ?? null;
    };
    const shown = (image) => image.large || image.thumb || "data:,";
    const encode = editor.desk.escape;

    const figureOf = (image) =>
      `<figure data-image="${image.id}"><img data-image="${image.id}" src="${encode(shown(image))}" alt="${encode(image.alt || "")}"` +
      ` title="${encode(image.caption || "")}"><figcaption></figcaption></figure>`;
    const insert = (image) => editor.desk.insertBlock(figureOf(image));
    editor.desk.figureOf = figureOf;

    const change = (widget, image) => {
      editor.fire("saveSnapshot");
      widget.element.setAttribute("data-image", image.id);
      widget.parts.image.setAttributes({ "data-image": image.id, src: shown(image), alt: image.alt || "", title: image.caption || "" });
      widget.parts.image.data("cke-saved-src", shown(image));
      widget.setData("id", String(image.id));
      editor.fire("saveSnapshot");
    };

    editor.addCommand("figure", {
      async exec() {
        const widget = editor.widgets.focused;
        if (widget?.name !== "figure") return choose(insert);
        const image = await ask(widget.data.id);
        const described = image?.mayChange ? [{ name: "alt", label: words.alt, help: words.altHelp, value: image.alt }] : [];
        editor.desk.form({
          title: words.figure,
          ok: words.change,
          remove: words.changePicture,
          fields: [
            ...described,
            {
              name: "place",
              label: words.place,
              value: widget.data.place,
              options: [
                ["", words.placeText],
                ["wide", words.placeWide],
                ["align-left", words.placeLeft],
                ["align-right", words.placeRight],
              ],
            },
          ],
          extend({ more }) {
            if (!image) return;
            const link = Object.assign(document.createElement("a"), { href: image.address, target: "_blank", textContent: words.inLibrary });
            more.append(link);
          },
          async onsubmit({ place, alt = image?.alt }, say) {
            const now = alt === image?.alt ? image : await ask(image.id, { ...image, alt }, say);
            if (now === null && image) return false;
            return () => {
              editor.fire("saveSnapshot");
              if (now) widget.parts.image.setAttribute("alt", now.alt);
              widget.setData("place", place);
              editor.fire("saveSnapshot");
            };
          },
          onremove: () => choose((image) => change(widget, image), widget.data.id),
        });
      },
    });
    editor.ui.addButton("Figure", { label: words.figure, command: "figure", toolbar: "insert" });
  },
});
