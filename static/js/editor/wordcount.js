// Words and reading time under the editor, by the rule of richtext/text.py.
CKEDITOR.plugins.add("wordcount", {
  requires: "desk",

  init(editor) {
    const { words } = editor.desk;
    const word = /[\p{L}\p{N}]+(?:['’\-.,\u2010\u2011][\p{L}\p{N}]+)*/gu;
    const foot = document.createElement("p");
    foot.className = "editor-foot";
    let waiting;

    const text = () => {
      const editable = editor.editable()?.$;
      if (!editable) return "";
      const copy = editable.cloneNode(true);
      for (const block of copy.querySelectorAll("p, li, h2, h3, td, th, footer, figcaption, caption, br")) block.append("\n");
      for (const own of copy.querySelectorAll(".player, .cke_reset, [data-cke-hidden-sel], [data-cke-temp]")) own.remove();
      return copy.textContent.replace(/[\u200b\ufeff\u00ad]/g, "");
    };
    const count = () => {
      const number = text().match(word)?.length ?? 0;
      const minutes = Math.max(1, Math.round(number / editor.config.desk.wordsAMinute));
      const language = document.documentElement.lang;
      const say = (sentence, value) => sentence.replace("%(number)s", value.toLocaleString(language));
      const one = new Intl.PluralRules(language).select(number) === "one"; // 0 too, in French
      const counted = one ? words.word.replace("1", number) : say(words.words, number);
      foot.textContent = number ? `${counted} · ${say(words.minutes, minutes)}` : counted;
    };

    editor.on("instanceReady", () => {
      editor.container.$.after(foot);
      count();
    });
    editor.on("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(count, 250);
    });
    editor.on("mode", count);
    editor.on("destroy", () => foot.remove());
  },
});
