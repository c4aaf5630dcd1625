// Small requests to the server. The answer is always {status, body}; status 0 is no answer at all.
"use strict";

desk.ask = (() => {
  // Read anew for each request: logging in again, in another tab, changes it.
  const token = () => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
    return found ? found[1] : "";
  };

  return async (url, fields) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "X-CSRFToken": token() },
        body: new URLSearchParams(fields),
        keepalive: true,
      });
      const isJson = (response.headers.get("Content-Type") || "").includes("json");
      return { status: response.status, body: isJson ? await response.json() : {} };
    } catch {
      return { status: 0, body: {} };
    }
  };
})();

// A line at the top says what became of the last request.
desk.say = (text, kind = "") => {
  const news = document.getElementById("news");
  news.textContent = text;
  news.className = kind;
};
desk.words = (name) => document.getElementById("news").dataset[name];
