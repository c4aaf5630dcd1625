// Keys for the review queue. Links and buttons do the same without this file.
(() => {
  const rows = [...document.querySelectorAll("#result_list tbody tr")];
  const boxes = rows.map((row) => row.querySelector(".action-select")).filter(Boolean);
  const all = document.getElementById("action-toggle");
  const chosen = document.getElementById("desk-chosen");
  const help = document.getElementById("desk-keys");
  const search = document.getElementById("searchbar");

  for (const element of document.querySelectorAll(".desk-needs-script")) element.hidden = false;
  for (const element of document.querySelectorAll(".desk-without-script")) element.remove();

  const showCount = () => {
    const number = boxes.filter((box) => box.checked).length;
    if (chosen) {
      const { none, some } = chosen.dataset;
      chosen.textContent = number ? some.replace("%n", number) : none;
    }
    if (all) {
      all.checked = number > 0 && number === boxes.length;
      all.indeterminate = number > 0 && number < boxes.length;
    }
  };
  for (const box of boxes) box.addEventListener("change", showCount);
  all?.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    showCount();
  });
  showCount();
  document.getElementById("desk-keys-open")?.addEventListener("click", () => help.showModal());

  const currentIndex = () => rows.indexOf(document.activeElement?.closest("#result_list tbody tr"));
  const moveBy = (step) => {
    const index = Math.min(Math.max(currentIndex() + step, 0), rows.length - 1);
    rows[index]?.querySelector(".desk-open").focus();
  };
  const inRow = (selector) => rows[Math.max(currentIndex(), 0)]?.querySelector(selector);
  const actions = {
    j: () => moveBy(1),
    k: () => moveBy(-1),
    o: () => inRow(".desk-open")?.click(),
    Enter: () => inRow(".desk-open")?.click(),
    c: () => inRow(".desk-hand button:not([name=take_over])")?.click(),
    x: () => inRow(".action-select")?.click(),
    n: () => document.getElementById("desk-next")?.click(),
    "/": () => search.focus(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    const target = event.target;
    if (target.matches("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (event.key === "Enter" && target.matches("a, button, summary, #action-toggle")) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
