// The page of followed categories and keywords: stores the choices of its form, and opens them when
// the URL has none. The page works without this file.
(() => {
  const form = document.querySelector(".choosing form");
  const page = form.getAttribute("action");
  const messages = document.querySelectorAll("[data-when]");
  const show = (name) => messages.forEach((message) => (message.hidden = message.dataset.when !== name));

  const chosenIn = (entries) => ({
    categories: keeping.unique(entries.getAll("category")),
    keywords: keeping.unique(entries.getAll("q").map((text) => text.trim()).filter(Boolean)),
  });
  const addressOf = ({ categories, keywords }) => {
    const query = new URLSearchParams();
    for (const code of categories) query.append("category", code);
    for (const text of keywords) query.append("q", text);
    return query.size ? `${page}?${query}` : page;
  };
  const sameAs = (one, other) =>
    ["categories", "keywords"].every(
      (name) => JSON.stringify([...one[name]].sort()) === JSON.stringify([...other[name]].sort()),
    );

  function keep({ categories, keywords }) {
    const fits = categories.length <= keeping.MOST.categories && keywords.length <= keeping.MOST.keywords;
    if (!fits) show("too-many");
    else if (keeping.change((kept) => Object.assign(kept, { categories, keywords }))) return true;
    else show("unkept");
    return false;
  }

  const kept = keeping.load();
  const here = new URLSearchParams(location.search);
  const named = chosenIn(here);
  // The form shows the choices as the server read them from the URL.
  const shown = chosenIn(new FormData(form));
  const isBare = !named.categories.length && !named.keywords.length;
  if (isBare && (kept.categories.length || kept.keywords.length) && location.hash !== "#choose") {
    location.replace(addressOf(kept));
    return;
  }
  if (!isBare && shown.categories.length + shown.keywords.length && !sameAs(shown, kept)) show("other");
  const isOwn = !isBare && sameAs(shown, kept);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = chosenIn(new FormData(form));
    const fits = keep(chosen);
    if (!fits) document.querySelector("[data-when]:not([hidden])").scrollIntoView({ block: "center" });
    // If storage is blocked, the URL has the choices; with too many, the reader removes some here.
    if (fits || document.querySelector("[data-when=unkept]:not([hidden])")) location.assign(addressOf(chosen));
  });
  document.querySelector("[data-does=keep]").addEventListener("click", () => keep(shown) && show(""));
  document.querySelector("[data-does=own]").addEventListener("click", (event) => {
    event.preventDefault();
    location.assign(addressOf(keeping.load()));
  });

  // Add an empty field when all fields are filled.
  const list = form.querySelector(".keywords");
  list.addEventListener("input", () => {
    const fields = [...list.querySelectorAll("input")];
    if (fields.some((field) => !field.value.trim()) || fields.length >= keeping.MOST.keywords) return;
    const item = fields.at(-1).parentElement.cloneNode(true);
    item.firstElementChild.value = "";
    list.append(item);
  });

  function count() {
    for (const field of form.querySelectorAll(".field")) {
      const chosen = field.querySelectorAll("input:checked").length;
      field.querySelector("[data-tally]").textContent = chosen ? `${chosen}` : "";
    }
  }
  form.addEventListener("change", count);
  count();

  // Papers since the last visit, on the reader's own list.
  const entries = [...document.querySelectorAll("[data-list] .entry[data-published]")];
  if (!isOwn || !entries.length) return;
  const moments = entries.map((entry) => Date.parse(entry.dataset.published));
  const latest = new Date(Math.max(...moments)).toISOString();
  const since = keeping.visit(latest, Date.now());
  if (since === null) return;
  const word = document.getElementById("keeping").dataset.new;
  entries.forEach((entry, at) => {
    if (moments[at] <= Date.parse(since)) return;
    entry.classList.add("new");
    const badge = document.createElement("span");
    badge.className = "badge badge-new";
    badge.textContent = word;
    entry.append(badge);
  });
})();
