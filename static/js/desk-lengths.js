/* Says live how long the title and the summary are, where the form names the best length (data-best). */
for (const area of document.querySelectorAll("textarea[data-best]")) {
  const best = Number(area.dataset.best);
  const counter = document.createElement("output");
  counter.className = "length quiet";
  counter.htmlFor = area.id;
  area.after(counter);
  const count = () => {
    const length = [...area.value.trim()].length;
    counter.textContent = `${length} / ${best}`;
    counter.classList.toggle("over", length > best);
  };
  area.addEventListener("input", count);
  if (area.name === "title") {
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault(); // a title is one line, however long
    });
  }
  count();
}
