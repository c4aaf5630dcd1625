// Keys for the review queue. Everything they do is done without this file by links and buttons.
(() => {
  const rows = [...document.querySelectorAll("#result_list tbody tr")];
  const boxes = rows.map((row) => row.querySelector(".action-select")).filter(Boolean);
  const all = document.getElementById("action-toggle");
  const chosen = document.getElementById("desk-chosen");
  const keys = document.getElementById("desk-keys");
  const search = document.getElementById("searchbar");

  for (const element of document.querySelectorAll(".desk-needs-script")) element.hidden = false;
  for (const element of document.querySelectorAll(".desk-without-script")) element.remove();

  const count = () => {
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
  for (const box of boxes) box.addEventListener("change", count);
  all?.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  count();
  document.getElementById("desk-keys-open")?.addEventListener("click", () => keys.showModal());

  const present = () => rows.indexOf(document.activeElement?.closest("#result_list tbody tr"));
  const go = (step) => {
    const place = Math.min(Math.max(present() + step, 0), rows.length - 1);
    rows[place]?.querySelector(".desk-open").focus();
  };
  const in_row = (selector) => rows[Math.max(present(), 0)]?.querySelector(selector);
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    o: () => in_row(".desk-open")?.click(),
    Enter: () => in_row(".desk-open")?.click(),
    c: () => in_row(".desk-hand button:not([name=take_over])")?.click(),
    x: () => in_row(".action-select")?.click(),
    n: () => document.getElementById("desk-next")?.click(),
    "/": () => search.focus(),
    "?": () => keys.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys.open) return;
    const target = event.target;
    if (target.matches("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (event.key === "Enter" && target.matches("a, button, summary, #action-toggle")) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
