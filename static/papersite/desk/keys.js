// Keyboard control of the workbench. "?" shows the keys.
"use strict";

(() => {
  const help = document.getElementById("keys");
  const rows = desk.rows;

  const current = () => desk.rowOf(document.activeElement);
  const focusRow = (row) => {
    if (!row) return;
    row.element.focus();
    row.element.scrollIntoView({ block: "nearest" });
  };
  const moveBy = (by) => {
    const at = rows.indexOf(current());
    focusRow(rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]);
  };
  const focusNextOpen = () => {
    const at = rows.indexOf(current());
    const order = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
    focusRow(order.find((row) => row.element.classList.contains("open")) || order[0]);
  };
  const useSuggestion = (row, number) => {
    const button = row.element.querySelectorAll("button.use")[number - 1];
    if (button) row.press(button);
  };
  const approveAndMove = async (row) => {
    const next = rows[rows.indexOf(row) + 1];
    if (await row.approve()) focusRow(next);
  };
  const pressDecision = (key) => {
    const button = document.querySelector(`#status button[data-key="${key}"]`);
    if (button) button.form.requestSubmit(button);
  };
  const clickLink = (id) => {
    const link = document.getElementById(id);
    if (link) link.click();
  };

  const rowKeys = {
    e: (row) => row.area.focus(),
    Enter: (row) => row.area.focus(),
    a: approveAndMove,
    f: (row) => {
      const fix = row.element.querySelector("button.fix");
      if (fix) row.press(fix);
    },
    r: (row) => row.askEngine(),
    u: (row) => row.undo(),
  };
  const pageKeys = {
    j: () => moveBy(1),
    k: () => moveBy(-1),
    ArrowDown: () => moveBy(1),
    ArrowUp: () => moveBy(-1),
    n: focusNextOpen,
    s: () => document.querySelector("#summary textarea").focus(),
    m: () => document.getElementById("note")?.focus(),
    q: () => clickLink("to-queue"),
    N: () => clickLink("next-in-queue"),
    c: () => pressDecision("c"),
    "?": () => help.showModal(),
  };

  const handleTyping = (event, row) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) approveAndMove(row);
    else if (event.key === "Escape") focusRow(row);
    else if (event.altKey && /^Digit[1-9]$/.test(event.code))
      useSuggestion(row, Number(event.code.at(-1)));
    else return;
    event.preventDefault();
  };

  document.addEventListener("keydown", (event) => {
    // Leave keys to an input method that is composing.
    if (event.isComposing || event.keyCode === 229 || help.open) return;
    const { target } = event;
    const row = desk.rowOf(target);
    if (row && target === row.area) {
      handleTyping(event, row);
      return;
    }
    if (target.matches("input, select, textarea")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && target.matches("a, button, summary")) return;
    if (row && rowKeys[event.key]) rowKeys[event.key](row);
    else if (row && /^[1-9]$/.test(event.key)) useSuggestion(row, Number(event.key));
    else if (pageKeys[event.key]) pageKeys[event.key]();
    else if (/^[APTHR]$/.test(event.key)) pressDecision(event.key);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-do=keys]")) help.showModal();
  });
})();
