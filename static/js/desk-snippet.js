/* Shows live how a share card and a search engine would present the story, each above its own fields. */
const form = document.querySelector("#article_form");
const rows = ["social", "seo"].map((place) => form?.querySelector(`.field-${place}_title`));

if (rows.every(Boolean)) {
  const [card, search] = rows.map((row) => {
    const box = document.createElement("div");
    box.className = "snippet";
    row.before(box);
    return box;
  });
  card.classList.add("card");
  const text = (name) => form.elements[name]?.value.trim() ?? "";
  const make = (tag, content, className = "") => Object.assign(document.createElement(tag), { textContent: content, className });
  const cut = (words, most) => (words.length > most ? `${words.slice(0, most).replace(/\s+\S*$/, "")} …` : words);
  const paper = document.querySelector("#site-name")?.textContent.trim() ?? "";

  /* The lead picture, or what is drawn where there is none (articles/cards.py). */
  const picture = (title, section) => {
    const thumb = form.querySelector(".field-image img[src]");
    if (thumb) return Object.assign(document.createElement("img"), { src: thumb.src, alt: "" });
    const drawn = make("div", "", "drawn");
    drawn.append(make("span", paper), make("i", section), make("b", title));
    return drawn;
  };

  const show = () => {
    const section = form.elements.section?.selectedOptions[0];
    const path = section?.dataset.path ?? "";
    const trail = [location.host, ...path.split("/").filter(Boolean)].join(" › ");
    const summary = text("seo_description") || text("summary");
    const found = text("seo_title") || text("title") || "…";
    search.replaceChildren(make("span", trail, "quiet"), make("b", cut(found, 60)), make("span", cut(summary, 155)));
    const shared = text("social_title") || text("title") || "…";
    const words = document.createElement("div");
    words.append(make("span", location.host, "quiet"), make("b", cut(shared, 90)), make("span", cut(text("social_description") || summary, 120)));
    card.replaceChildren(picture(shared, section?.value ? section.textContent.trim() : ""), words);
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
}
