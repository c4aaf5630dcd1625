// Remembers how somebody reads abstracts, and shows the other half of a sentence on demand.
// The page does all else without this file.
(() => {
  const KEY = "papersite.mode";
  const radios = document.querySelectorAll(".modes input");
  let remembered = null;
  try {
    remembered = localStorage.getItem(KEY);
  } catch {
    return; // The browser keeps nothing for this site, so there is nothing to remember with.
  }
  for (const radio of radios) {
    if (radio.value === remembered) radio.checked = true;
    radio.addEventListener("change", () => localStorage.setItem(KEY, radio.value));
  }
})();
