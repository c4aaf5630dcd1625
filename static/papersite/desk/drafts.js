// What is typed is kept in this browser until the server has it: the network may drop, the session
// may end, the tab may be closed.
"use strict";
window.desk = {};

desk.drafts = (() => {
  const nameOf = (key) => `papersite.draft.${location.pathname}.${key}`;

  // A browser that keeps nothing for a site (private windows, a full disk) must still save.
  const attempt = (act) => {
    try {
      return act();
    } catch {
      return null;
    }
  };

  return {
    keep: (key, text, seen) =>
      attempt(() => localStorage.setItem(nameOf(key), JSON.stringify({ text, seen }))),
    read: (key) => attempt(() => JSON.parse(localStorage.getItem(nameOf(key)))),
    drop: (key) => attempt(() => localStorage.removeItem(nameOf(key))),
  };
})();
