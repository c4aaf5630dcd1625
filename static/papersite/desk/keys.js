// Everything on the workbench by keyboard. "?" shows the keys.
"use strict";

(() => {
  const help = document.getElementById("keys");
  const rows = desk.rows;

  const current = () => desk.rowOf(document.activeElement);
  const go = (row) => {
    if (!row) return;
    row.element.focus();
    row.element.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const at = rows.indexOf(current());
    go(rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]);
  };
  const nextOpen = () => {
    const at = rows.indexOf(current());
    const order = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    go(order.find((row) => row.element.classList.contains("open")) || order[0]);
  };
  const use = (row, number) => {
    const button = row.element.querySelectorAll("button.use")[number - 1];
    if (button) row.press(button);
  };
  const approve = async (row) => {
    if ((await row.approve()) && rows.indexOf(row) < rows.length - 1) go(rows[rows.indexOf(row) + 1]);
  };
  const decide = (key) => {
    const button = document.querySelector(`#status button[data-key="${key}"]`);
    if (button) button.form.requestSubmit(button);
  };
  const follow = (id) => {
    const link = document.getElementById(id);
    if (link) link.click();
  };

  const onRow = {
    e: (row) => row.area.focus(),
    Enter: (row) => row.area.focus(),
    a: approve,
    f: (row) => {
      const fix = row.element.querySelector("button.fix");
      if (fix) row.press(fix);
    },
    r: (row) => row.askEngine(),
    u: (row) => row.undo(),
  };
  const anywhere = {
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    n: nextOpen,
    s: () => document.querySelector("#summary textarea").focus(),
    m: () => document.getElementById("note")?.focus(),
    q: () => follow("to-queue"),
    N: () => follow("next-in-queue"),
    c: () => decide("c"),
    "?": () => help.showModal(),
  };

  const writing = (event, row) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) approve(row);
    else if (event.key === "Escape") go(row);
    else if (event.altKey && /^Digit[1-9]$/.test(event.code)) use(row, Number(event.code.at(-1)));
    else return;
    event.preventDefault();
  };

  document.addEventListener("keydown", (event) => {
    // While an input method composes, its keys are not ours.
    if (event.isComposing || event.keyCode === 229 || help.open) return;
    const { target } = event;
    const row = desk.rowOf(target);
    if (row && target === row.area) {
      writing(event, row);
      return;
    }
    if (target.matches("input, select, textarea")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && target.matches("a, button, summary")) return;
    if (row && onRow[event.key]) onRow[event.key](row);
    else if (row && /^[1-9]$/.test(event.key)) use(row, Number(event.key));
    else if (anywhere[event.key]) anywhere[event.key]();
    else if (/^[APTHR]$/.test(event.key)) decide(event.key);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-do=keys]")) help.showModal();
  });
})();
