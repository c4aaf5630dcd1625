// The page of bookmarks: opens the stored list, newest first, in pages. Without this file the page
// shows the papers in its URL.
(() => {
  const SIZE = Number(document.querySelector("[data-most]").dataset.most);
  const page = location.pathname;
  const named = new URLSearchParams(location.search).getAll("id");
  const newestFirst = () => keeping.load().bookmarks.reverse();
  const addressOf = (papers) => `${page}?${new URLSearchParams(papers.map((paper) => ["id", paper]))}`;

  const bookmarks = newestFirst();
  if (!named.length) {
    if (bookmarks.length) location.replace(addressOf(bookmarks.slice(0, SIZE)));
    return;
  }

  // The place of these papers in the stored list; a list from another person has none.
  const at = bookmarks.indexOf(named[0]);
  const steps = document.querySelector("[data-steps]");
  function lead(name, papers) {
    const link = steps.querySelector(`[data-step=${name}]`);
    if (papers.length) link.href = addressOf(papers);
    else link.remove();
  }
  if (at >= 0 && bookmarks.length > SIZE) {
    lead("newer", bookmarks.slice(Math.max(0, at - SIZE), at));
    lead("older", bookmarks.slice(at + named.length, at + named.length + SIZE));
    steps.hidden = false;
  } else steps.remove();

  const drop = document.querySelector("[data-does=drop]");
  if (!drop) return;
  const gone = [...document.querySelectorAll("[data-gone]")].map((item) => item.dataset.gone);
  drop.hidden = !gone.some((paper) => bookmarks.includes(paper));
  drop.addEventListener("click", () => {
    const done = keeping.change((kept) => {
      kept.bookmarks = kept.bookmarks.filter((paper) => !gone.includes(paper));
    });
    if (!done) return;
    const left = named.filter((paper) => !gone.includes(paper));
    location.replace(left.length ? addressOf(left) : page);
  });
})();
