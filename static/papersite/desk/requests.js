// POST requests to the server. Returns {status, body}; status 0 means that there was no answer.
"use strict";

desk.post = (() => {
  // Read for each request, because logging in again in another tab changes it.
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

// The line at the top shows the outcome of the last request.
desk.showStatus = (text, kind = "") => {
  const line = document.getElementById("news");
  line.textContent = text;
  line.className = kind;
};
desk.label = (name) => document.getElementById("news").dataset[name];
