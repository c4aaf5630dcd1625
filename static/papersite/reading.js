// Reading an abstract: the stored mode, and the details of each sentence. Pages work without this
// file. It is loaded right after the choice of modes and not deferred, so that the text is first
// drawn in the stored mode.
(() => {
  const MODE = "papersite.mode";
  const abstract = document.querySelector(".abstract");
  if (!abstract || abstract.classList.contains("answers")) return; // Nothing to do, or already done.
  const radios = document.querySelectorAll(".modes input");
  let remembered = null;
  try {
    remembered = localStorage.getItem(MODE);
  } catch {
    // Storage is blocked.
  }
  for (const radio of radios) {
    if (radio.value === remembered) radio.checked = true;
    radio.addEventListener("change", () => {
      try {
        localStorage.setItem(MODE, radio.value);
      } catch {
        // Storage is blocked; the choice is for this page only.
      }
    });
  }
  // Before the text is drawn, so that the help on keys and taps takes its space at once.
  abstract.classList.add("answers");
  document.addEventListener("DOMContentLoaded", sentences);

  function sentences() {
    const text = document.querySelector(".abstract .text");
    const words = document.getElementById("sentence-words");
    const said = document.querySelector(".abstract .said");
    const pairs = [...text.querySelectorAll(".pair")];
    const numbersOf = (pair) => [...pair.querySelectorAll(".to-sentence")];
    // The visible number: of the translation, or of the original if only that is shown.
    const numberOf = (pair) => numbersOf(pair).find((link) => link.offsetParent) ?? numbersOf(pair)[0];

    // One tab stop for all sentences; arrow keys move between them.
    let current = pairs[0];
    const allow = (pair, tabIndex) => pair.querySelectorAll(".to-sentence, .correct").forEach((stop) => (stop.tabIndex = tabIndex));
    for (const pair of pairs) {
      allow(pair, pair === current ? 0 : -1);
      for (const link of numbersOf(pair)) {
        link.setAttribute("aria-expanded", "false");
        link.setAttribute("aria-describedby", "sentence-keys");
      }
    }
    function reach(pair) {
      allow(current, -1);
      current = pair;
      allow(current, 0);
    }

    // Below a sentence: its origin and link and, in the views of one language, the other text.
    function about(pair) {
      const made = words.content.querySelector(".about").cloneNode(true);
      const sentence = pair.querySelector(".translated").id;
      const cells = document.querySelector(`.sentences a[href="#${sentence}"]`).closest("tr").cells;
      const parts = [cells[1], cells[2]].map((cell) => cell.textContent.trim());
      made.querySelector(".made-by").textContent = parts.filter(Boolean).join(" · ");
      made.querySelector("button").addEventListener("click", () => copy(numberOf(pair)));
      return made;
    }

    function open(pair, isOpen) {
      pair.querySelector(".about")?.remove();
      if (isOpen) pair.append(about(pair));
      pair.classList.toggle("open", isOpen);
      for (const link of numbersOf(pair)) link.setAttribute("aria-expanded", isOpen);
    }
    const isOpen = (pair) => pair.classList.contains("open");

    async function copy(link) {
      try {
        await navigator.clipboard.writeText(link.href);
        tell(words.dataset.copied);
      } catch {
        // Not allowed or not a secure connection: the address bar has the link.
        location.hash = link.hash;
        tell(words.dataset.linked);
      }
    }

    let silence;
    function tell(sentence) {
      said.textContent = sentence;
      clearTimeout(silence);
      silence = setTimeout(() => (said.textContent = ""), 3000);
    }

    // A link to a sentence of the hidden language opens it.
    function showNamed() {
      const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const pair = named?.closest(".pair");
      if (!pair || named.offsetParent) return;
      reach(pair);
      open(pair, true);
      named.scrollIntoView();
    }
    showNamed();
    addEventListener("hashchange", showNamed);

    text.addEventListener("click", (event) => {
      const pair = event.target.closest(".pair");
      const link = event.target.closest("a");
      if (!pair) return;
      reach(pair);
      if (link?.matches(".to-sentence")) copy(link);
      // Links keep their function, and selecting text is for copying.
      if (link || event.target.closest(".about") || !getSelection().isCollapsed) return;
      open(pair, !isOpen(pair));
    });

    text.addEventListener("keydown", (event) => {
      const pair = event.target.closest(".pair");
      if (!pair || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const at = pairs.indexOf(pair);
      const last = pairs.length - 1;
      const places = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last };
      const next = pairs[places[event.key]];
      const isNumber = event.target.matches(".to-sentence");
      if (next && isNumber) {
        reach(next);
        numberOf(next).focus();
      } else if (event.key === " " && isNumber) open(pair, !isOpen(pair));
      else if (event.key === "Escape" && isOpen(pair)) {
        open(pair, false);
        numberOf(pair).focus();
      } else return;
      event.preventDefault();
    });
  }
})();
