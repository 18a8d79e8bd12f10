// One dialog for every link: words find our own stories (stored by id, so that their address may change), an
// address makes a link to elsewhere, or to the story if it is one of ours.
CKEDITOR.plugins.add("storylink", {
  requires: "desk",

  init(editor) {
    const { words, form } = editor.desk;
    const current = () => editor.elementPath()?.contains("a");
    const isAddress = (text) => /^(https?:\/\/|www\.|mailto:|tel:|\/)\S+/i.test(text.trim()) || /^[\w-]+(\.[\w-]+)+\/\S*$/.test(text.trim());
    const asAddress = (text) => (/^(https?:|mailto:|tel:|\/)/i.test(text) ? text : `https://${text}`);
    const ask = (text) => fetch(`${editor.config.desk.stories}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } }).catch(() => null);

    const storyAt = async (address) => {
      const { host, pathname } = URL.canParse(address, location.href) ? new URL(address, location.href) : {};
      if (host !== location.host || !editor.config.desk.stories) return null;
      const answer = await ask(pathname);
      return answer?.ok && !answer.redirected ? (await answer.json()).results[0] : null;
    };

    const write = (link, attributes, text) => {
      editor.fire("saveSnapshot");
      if (link) {
        for (const name of ["href", "data-cke-saved-href", "data-article", "rel"]) link.removeAttribute(name);
        link.setAttributes(attributes);
      } else if (editor.getSelection().getRanges()[0]?.collapsed) {
        const range = editor.getSelection().getRanges()[0];
        const made = new CKEDITOR.dom.element("a", editor.document);
        made.setAttributes(attributes);
        made.setText(text);
        range.insertNode(made);
        range.setStartAfter(made);
        range.collapse(true);
        range.select();
      } else {
        const style = new CKEDITOR.style({ element: "a", attributes });
        style.type = CKEDITOR.STYLE_INLINE; // "a" is an object by default, which could not be applied to words
        editor.applyStyle(style);
      }
      editor.fire("saveSnapshot");
    };

    const open = () => {
      const link = current();
      const article = link?.getAttribute("data-article");
      const href = link?.data("cke-saved-href") || link?.getAttribute("href") || "";
      const selected = link ? link.getText() : editor.getSelection().getSelectedText();
      let story = article ? { id: article, title: link.getText() } : null;
      const fields = [
        { name: "find", label: words.linkFind, help: words.linkHelp, value: article ? "" : href },
        { name: "sponsored", label: words.linkSponsored, type: "checkbox", value: /sponsored/.test(link?.getAttribute("rel") || "") },
      ];
      if (!link && !selected) fields.splice(1, 0, { name: "text", label: words.linkText });
      form({
        title: words.link,
        ok: link ? words.change : words.ok,
        remove: link ? words.remove : "",
        fields,
        extend: (parts) => completion(parts, story, (chosen) => (story = chosen)),
        onremove: () => editor.execCommand("storyunlink"),
        async onsubmit({ find, text, sponsored }, say) {
          find = find.trim();
          const rel = sponsored ? { rel: "sponsored" } : {};
          const address = isAddress(find) && asAddress(find);
          if (address) story = await storyAt(address);
          if (address && !story) {
            return () => write(link, { href: address, "data-cke-saved-href": address, ...rel }, text || address);
          }
          if (!story) {
            say(words.linkWrong);
            return false;
          }
          return () => write(link, { "data-article": story.id, ...rel }, text || story.title);
        },
      });
    };

    // A combobox with a list box (WAI-ARIA Authoring Practices): arrows choose, Enter takes.
    const completion = ({ form, more, id }, story, take) => {
      const input = form.elements.find;
      more.innerHTML = `<ul class="stories" role="listbox" id="${id}_list" aria-label="${words.link}" hidden></ul><p class="found" role="status"></p>`;
      const [list, status] = more.children;
      more.append(input.nextElementSibling); // its help; the stories found stand right under the field
      input.parentElement.after(more);
      const show = (chosen) => (status.textContent = chosen ? words.linkStory.replace("%(title)s", chosen.title) : "");
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", list.id);
      const expand = (open) => {
        list.hidden = !open;
        input.setAttribute("aria-expanded", String(open));
        if (!open) input.removeAttribute("aria-activedescendant");
      };
      expand(false);
      show(story);
      const choose = (option) => {
        take({ id: option.dataset.id, title: option.dataset.title });
        input.value = option.dataset.title;
        expand(false);
        show({ title: option.dataset.title });
      };
      const mark = (option) => {
        for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      };
      let asked = 0;
      const search = async () => {
        const text = input.value.trim();
        const number = ++asked;
        take(null);
        expand(false);
        if (isAddress(text)) {
          status.textContent = words.linkTo.replace("%(address)s", asAddress(text));
          const found = await storyAt(asAddress(text));
          if (found && number === asked) show(found);
          return;
        }
        if (text.length < 2 || !editor.config.desk.stories) return void (status.textContent = "");
        const answer = await ask(text);
        if (number !== asked) return;
        if (!answer?.ok || answer.redirected) return void (status.textContent = words.linkFailed);
        const { results } = await answer.json();
        if (number !== asked) return;
        list.replaceChildren(
          ...results.map((found, place) => {
            const option = document.createElement("li");
            option.id = `${list.id}_${place}`;
            option.setAttribute("role", "option");
            option.setAttribute("aria-selected", "false");
            option.dataset.id = found.id;
            option.dataset.title = found.title;
            option.append(found.title);
            const about = document.createElement("small");
            about.textContent = [found.state, found.address].filter(Boolean).join(" · ");
            option.append(about);
            option.addEventListener("click", () => choose(option));
            return option;
          })
        );
        status.textContent = results.length ? words.linkFound.replace("%(number)s", results.length) : words.linkNone;
        expand(results.length > 0);
      };
      input.addEventListener("input", CKEDITOR.tools.debounce ? CKEDITOR.tools.debounce(search, 200) : search);
      input.addEventListener("keydown", (event) => {
        const options = [...list.children];
        const marked = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
        if (list.hidden || !options.length) return;
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault();
          const step = event.key === "ArrowDown" ? 1 : -1;
          mark(options[(Math.max(marked, step > 0 ? -1 : 0) + step + options.length) % options.length]);
        } else if (event.key === "Enter" && marked >= 0) {
          event.preventDefault();
          choose(options[marked]);
        } else if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          expand(false);
        }
      });
    };

    editor.addCommand("storylink", { exec: open, allowedContent: "a[href,rel,hreflang,data-article]", requiredContent: "a" });
    editor.addCommand("storyunlink", {
      contextSensitive: 1,
      startDisabled: 1,
      requiredContent: "a",
      exec() {
        const link = current();
        if (!link) return;
        editor.fire("saveSnapshot");
        link.remove(true);
        editor.fire("saveSnapshot");
      },
      refresh(editor, path) {
        this.setState(path.contains("a") ? CKEDITOR.TRISTATE_OFF : CKEDITOR.TRISTATE_DISABLED);
      },
    });
    editor.setKeystroke(CKEDITOR.CTRL + 75, "storylink"); // Ctrl+K
    editor.ui.addButton("StoryLink", { label: words.link, command: "storylink", toolbar: "links" });
    editor.on("doubleclick", ({ data }) => data.element.getAscendant("a", true) && !editor.widgets?.focused && setTimeout(open));
  },
});
