// Data stored in the reader's browser and its marks in lists: one document in localStorage
// (docs/kept-in-the-browser.md). Pages work without this file.
const keeping = (() => {
  const KEY = "papersite.kept";
  const MODE = "papersite.mode";
  const VERSION = 1;
  const MOST = { categories: 20, keywords: 10, bookmarks: 1000, read: 5000 };
  const VISIT_MS = 30 * 60 * 1000;
  const CODE = /^[a-z][a-z-]{0,15}(\.[a-z-]{1,15})?$/i;
  const PAPER = /^(\d{4}\.\d{4,5}|[a-z][a-z-]{1,15}\/\d{7})$/;
  const isText = (value) => typeof value === "string" && value.trim() !== "" && value.length <= 300;
  const sound = {
    categories: (value) => isText(value) && CODE.test(value),
    keywords: isText,
    bookmarks: (value) => isText(value) && PAPER.test(value),
    read: (value) => isText(value) && PAPER.test(value),
  };
  const isMoment = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
  const unique = (values) => [...new Set(values)];

  // Returns a valid document whatever is stored: unreadable parts are empty.
  function cleaned(value) {
    const given = value !== null && typeof value === "object" ? value : {};
    const kept = { version: VERSION };
    for (const [name, isSound] of Object.entries(sound)) {
      const list = Array.isArray(given[name]) ? unique(given[name].filter(isSound)) : [];
      kept[name] = name === "read" ? list.slice(-MOST.read) : list.slice(0, MOST[name]);
    }
    kept.hidesRead = given.hidesRead === true;
    for (const name of ["newSince", "seenUntil"]) kept[name] = isMoment(given[name]) ? given[name] : null;
    kept.visitedAt = Number.isFinite(given.visitedAt) ? given.visitedAt : 0;
    return kept;
  }

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null; // Storage is blocked or its content is damaged.
    }
  }

  const load = () => cleaned(stored());

  // Changes the current document, as other tabs may have changed it. Returns whether it was stored.
  function change(edit) {
    const before = stored();
    if (before?.version > VERSION) return false; // A later version of this site wrote it.
    const kept = cleaned(before);
    edit(kept);
    let done = write(cleaned(kept));
    if (!done && kept.read.length > 100) {
      // Storage is full: remove old marks first.
      kept.read = kept.read.slice(-Math.floor(kept.read.length / 2));
      done = write(cleaned(kept));
    }
    document.dispatchEvent(new Event("kept"));
    return done;
  }

  function write(kept) {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
      return true;
    } catch {
      return false; // Blocked or full; the caller tells the reader.
    }
  }

  // Adds to a list or removes from it. Returns "done", "too-many" or "unkept".
  function toggle(name, value) {
    let full = false;
    const done = change((kept) => {
      const list = kept[name];
      if (list.includes(value)) kept[name] = list.filter((other) => other !== value);
      else if (list.length >= MOST[name]) full = true;
      else list.push(value);
    });
    return full ? "too-many" : done ? "done" : "unkept";
  }

  const markRead = (paper) =>
    change((kept) => {
      kept.read = [...kept.read.filter((other) => other !== paper), paper];
    });

  // Papers published after `newSince` are new. A visit half an hour after the last one marks the
  // papers as new that the last one did not show.
  function visit(latest, now) {
    change((kept) => {
      if (now - kept.visitedAt > VISIT_MS) kept.newSince = kept.seenUntil;
      kept.visitedAt = now;
      if (isMoment(latest) && !(Date.parse(latest) <= Date.parse(kept.seenUntil))) kept.seenUntil = latest;
    });
    return load().newSince;
  }

  function forget() {
    try {
      localStorage.removeItem(KEY);
      localStorage.removeItem(MODE);
    } catch {
      // Storage is blocked, so there is nothing to delete.
    }
    document.dispatchEvent(new Event("kept"));
  }

  addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) document.dispatchEvent(new Event("kept"));
  });

  return { KEY, MODE, VERSION, MOST, sound, isMoment, unique, cleaned, load, change, toggle, markRead, visit, forget };
})();

(() => {
  const words = document.getElementById("keeping");
  if (!words) return;
  const listed = new Map();
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.querySelector("main").append(said);

  function say(outcome) {
    said.textContent = outcome === "done" ? "" : words.dataset[outcome === "unkept" ? "unkept" : "tooMany"];
    if (said.textContent) setTimeout(() => (said.textContent = ""), 8000);
  }

  function bookmarkOf(paper, title) {
    const button = words.content.querySelector(".bookmark").cloneNode(true);
    button.setAttribute("aria-label", `${button.getAttribute("aria-label")}: ${title.trim()}`);
    button.addEventListener("click", () => say(keeping.toggle("bookmarks", paper)));
    return button;
  }

  for (const entry of document.querySelectorAll(".entry[data-paper]")) {
    const mark = document.createElement("span");
    mark.className = "mark-read unseen";
    const link = entry.querySelector(".headline a");
    const button = bookmarkOf(entry.dataset.paper, link.textContent);
    entry.append(button);
    link.after(mark);
    listed.set(entry, { button, mark });
  }

  const opened = document.querySelector(".abstract[data-paper]");
  const opening = document.querySelector(".paper > .opening");
  if (opened && opening) {
    const button = bookmarkOf(opened.dataset.paper, document.querySelector("h1").textContent);
    opening.append(button);
    listed.set(opened, { button });
    keeping.markRead(opened.dataset.paper);
  }

  const hide = words.content.querySelector(".hide-read").cloneNode(true);
  const box = hide.querySelector("input");
  box.addEventListener("change", () => {
    if (!keeping.change((kept) => (kept.hidesRead = box.checked))) say("unkept");
  });
  // Bookmarks are never hidden.
  const hides = !document.querySelector("main .opening[data-most]");
  if (opened === null && listed.size && hides) document.querySelector("main .opening").append(hide);

  const follows = [];
  for (const link of document.querySelectorAll("a.follow")) {
    const button = document.createElement("button");
    const name = link.dataset.follows === "q" ? "keywords" : "categories";
    button.type = "button";
    button.className = "follow";
    button.addEventListener("click", () => say(keeping.toggle(name, link.dataset.value)));
    link.replaceWith(button);
    follows.push({ button, name, value: link.dataset.value, link });
  }

  function show() {
    const kept = keeping.load();
    const read = new Set(kept.read);
    const bookmarks = new Set(kept.bookmarks);
    box.checked = kept.hidesRead;
    for (const [entry, { button, mark }] of listed) {
      button.setAttribute("aria-pressed", bookmarks.has(entry.dataset.paper));
      if (!mark) continue;
      const isRead = read.has(entry.dataset.paper);
      entry.classList.toggle("read", isRead);
      entry.hidden = isRead && kept.hidesRead && hides;
      mark.textContent = isRead ? ` (${words.dataset.read})` : "";
    }
    for (const { button, name, value, link } of follows) {
      const isFollowed = kept[name].includes(value);
      button.setAttribute("aria-pressed", isFollowed);
      button.textContent = isFollowed ? link.dataset.followed : link.textContent;
    }
  }

  document.addEventListener("kept", show);
  addEventListener("pageshow", (event) => event.persisted && show());
  show();
})();
