// Buttons that copy and share. Without JavaScript, or where the browser cannot do it, they stay
// hidden; text can be selected and links followed all the same.

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
      // The browser was not allowed to; selecting is what is left to do.
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
      // Whoever closes the sheet has changed their mind; that is no error.
      if (reason.name !== "AbortError") throw reason;
    });
  });
}
