// Buttons that copy and share. They stay hidden without JavaScript or if the browser does not
// support them.

for (const button of document.querySelectorAll("[data-copies], [data-copies-text]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    const element = document.getElementById(button.dataset.copies);
    const text = element ? element.innerText : button.dataset.copiesText;
    try {
      await navigator.clipboard.writeText(text.trim());
    } catch {
      // Not allowed: select the text instead.
      if (element) getSelection().selectAllChildren(element);
      return;
    }
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = words), 2000);
  });
}

for (const button of document.querySelectorAll("[data-shares]")) {
  const page = { title: button.dataset.title, url: button.dataset.shares };
  if (!navigator.canShare?.(page)) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share(page).catch((reason) => {
      // The reader closed the dialog, which is not an error.
      if (reason.name !== "AbortError") throw reason;
    });
  });
}
