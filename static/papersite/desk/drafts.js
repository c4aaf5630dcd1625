// Keeps typed text in this browser until the server has saved it: the network may drop, the session
// may expire, the tab may be closed.
"use strict";
window.desk = {};

desk.drafts = (() => {
  const storageKey = (key) => `papersite.draft.${location.pathname}.${key}`;

  // The page must also work in browsers that store nothing (private windows, a full disk).
  const attempt = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };

  return {
    keep: (key, text, seen) =>
      attempt(() => localStorage.setItem(storageKey(key), JSON.stringify({ text, seen }))),
    read: (key) => attempt(() => JSON.parse(localStorage.getItem(storageKey(key)))),
    drop: (key) => attempt(() => localStorage.removeItem(storageKey(key))),
  };
})();
