/* Shows live how a search engine and a share card would present the story, above the fields for search engines. */
const form = document.querySelector("#article_form");
const row = form?.querySelector(".field-seo_title");

if (row) {
  const search = document.createElement("div");
  search.className = "snippet";
  const card = document.createElement("div");
  card.className = "snippet card";
  row.before(search, card);
  const text = (name) => form.elements[name]?.value.trim() ?? "";
  const make = (tag, content, className = "") => Object.assign(document.createElement(tag), { textContent: content, className });
  const cut = (words, most) => (words.length > most ? `${words.slice(0, most).replace(/\s+\S*$/, "")} …` : words);

  const show = () => {
    const title = text("seo_title") || text("title") || "…";
    const summary = text("seo_description") || text("summary");
    const path = form.elements.section?.selectedOptions[0]?.dataset.path ?? "";
    const trail = [location.host, ...path.split("/").filter(Boolean)].join(" › ");
    search.replaceChildren(make("span", trail, "quiet"), make("b", cut(title, 60)), make("span", cut(summary, 155)));
    const words = document.createElement("div");
    words.append(make("span", location.host, "quiet"), make("b", cut(title, 90)), make("span", cut(summary, 120)));
    const thumb = form.querySelector(".field-image img[src]");
    card.replaceChildren(...(thumb ? [Object.assign(document.createElement("img"), { src: thumb.src, alt: "" })] : []), words);
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
}
