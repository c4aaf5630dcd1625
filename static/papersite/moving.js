// The page of data stored in the browser: counts, export to a file, import, deletion. The file is
// described in docs/kept-in-the-browser.md.
(() => {
  const LARGEST = 1_000_000;
  const MODES = ["translation", "original", "both"];
  const whole = document.querySelector("[data-when=works]");
  const answer = document.querySelector("[data-answer]");
  const form = document.querySelector("[data-imports]");
  const dialog = document.querySelector("dialog");
  const forgotten = document.querySelector("[data-forgotten]");
  const hides = document.querySelector("[data-sets=hidesRead]");

  // Writing the document back shows whether storage works.
  const works = keeping.change(() => {});
  document.querySelector("[data-when=unkept]").hidden = works;
  whole.hidden = !works;

  function show() {
    const kept = keeping.load();
    for (const place of whole.querySelectorAll("[data-counts]")) {
      place.textContent = kept[place.dataset.counts].length.toLocaleString(document.documentElement.lang);
    }
    hides.checked = kept.hidesRead;
  }
  document.addEventListener("kept", show);
  show();
  hides.addEventListener("change", () => keeping.change((kept) => (kept.hidesRead = hides.checked)));

  function mode() {
    const remembered = localStorage.getItem(keeping.MODE);
    return MODES.includes(remembered) ? remembered : null;
  }

  document.querySelector("[data-does=export]").addEventListener("click", () => {
    const { categories, keywords, bookmarks, read, hidesRead } = keeping.load();
    const exported = new Date().toISOString();
    const file = { format: "papersite", version: keeping.VERSION, exported, mode: mode(), hidesRead, categories, keywords, bookmarks, read };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }));
    link.download = `papersite-${exported.slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });

  // An invalid file. reason: which message of the page applies; part: the invalid entry.
  class Unusable extends Error {
    constructor(reason, part = "") {
      super(reason);
      this.reason = reason;
      this.part = part;
    }
  }

  function read(text) {
    let file;
    try {
      file = JSON.parse(text);
    } catch {
      throw new Unusable("noJson");
    }
    if (file === null || typeof file !== "object" || file.format !== "papersite") throw new Unusable("other");
    if (!Number.isInteger(file.version) || file.version < 1) throw new Unusable("wrong", "version");
    if (file.version > keeping.VERSION) throw new Unusable("newer");
    for (const [name, isSound] of Object.entries(keeping.sound)) {
      if (!Array.isArray(file[name])) throw new Unusable("wrong", name);
      const at = file[name].findIndex((value) => !isSound(value));
      if (at >= 0) throw new Unusable("wrong", `${name}[${at}]: ${JSON.stringify(file[name][at])?.slice(0, 60)}`);
    }
    if (typeof file.hidesRead !== "boolean") throw new Unusable("wrong", "hidesRead");
    if (file.mode !== null && !MODES.includes(file.mode)) throw new Unusable("wrong", "mode");
    return file;
  }

  function bringIn(file, replaces) {
    const before = keeping.load();
    const after = { hidesRead: replaces ? file.hidesRead : before.hidesRead };
    for (const name of Object.keys(keeping.sound)) {
      // The latest marks, those of this browser, are last and are kept longest.
      const others = name === "read" ? [...file.read, ...before.read] : [...before[name], ...file[name]];
      after[name] = keeping.unique(replaces ? file[name] : others);
      if (name !== "read" && after[name].length > keeping.MOST[name]) throw new Unusable("tooMany");
    }
    if (replaces) Object.assign(after, { newSince: null, seenUntil: null, visitedAt: 0 });
    if (!keeping.change((kept) => Object.assign(kept, after))) throw new Unusable("unkept");
    if (file.mode && (replaces || !mode())) localStorage.setItem(keeping.MODE, file.mode);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = form.file.files;
    try {
      if (file.size > LARGEST) throw new Unusable("tooLarge");
      bringIn(read(await file.text()), form.way.value === "replace");
      form.reset();
      answer.className = "answer";
      answer.textContent = answer.dataset.done;
    } catch (problem) {
      if (!(problem instanceof Unusable)) throw problem;
      answer.className = "answer refused";
      answer.textContent = `${answer.dataset[problem.reason]} ${problem.part}`.trim();
    }
  });

  document.querySelector("[data-does=ask]").addEventListener("click", () => dialog.showModal());
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "forget") return;
    keeping.forget();
    forgotten.textContent = forgotten.dataset.forgotten;
  });
})();
