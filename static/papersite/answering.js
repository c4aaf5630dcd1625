// Keyboard shortcuts: the key x presses, or focuses, the element with data-key="x". Pages work
// without this file.
(() => {
  const isTyping = (target) =>
    target instanceof Element && target.matches("input:not([type=checkbox]), textarea, select");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isTyping(event.target)) {
      event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
    if (isTyping(event.target)) return;
    const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, textarea")) found.focus();
    else found.click();
  });

  // One box ticks or clears all boxes of a list.
  document.addEventListener("change", (event) => {
    const name = event.target.dataset.ticks;
    if (!name) return;
    const boxes = document.querySelectorAll(`input[name="${CSS.escape(name)}"]`);
    boxes.forEach((box) => (box.checked = event.target.checked));
  });
})();
