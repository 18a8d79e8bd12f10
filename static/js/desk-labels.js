// On a phone a table stands as cards, without its head: each cell carries its column's name, which css/desk.css shows.
for (const table of document.querySelectorAll("#result_list, .desk table")) {
  const names = [...(table.tHead?.rows[0].cells ?? [])].map((head) => (head.querySelector(".text") ?? head).textContent.trim());
  for (const row of table.tBodies[0]?.rows ?? []) {
    [...row.cells].forEach((cell, column) => {
      cell.dataset.label = cell.matches(".action-checkbox") ? "" : (names[column] ?? "");
      if (!cell.querySelector("input, select, img") && /^[-—]?$/.test(cell.textContent.trim())) cell.dataset.empty = "";
    });
  }
}

// And what is done to several at once is folded away.
const several = document.querySelector("details.several");
const phone = matchMedia("(width <= 48rem)");
const fold = () => several && (several.open = !phone.matches);
phone.addEventListener("change", fold);
fold();
