// The workbench: sentences are saved when they lose focus, and checked while they are typed.
// The server renders everything; this sends texts and shows the answers.
"use strict";

(() => {
  const RETRY_MS = 5000;
  const PAUSE_MS = 500;
  const form = document.getElementById("bench");
  const status = document.getElementById("status");
  const editable = form.querySelector(".rows").dataset.editable === "yes";

  class Row {
    constructor(element) {
      this.element = element;
      this.key = element.dataset.key;
      this.area = element.querySelector("textarea");
      this.backdrop = element.querySelector(".backdrop");
      this.conflict = element.querySelector(".conflict");
      this.seen = this.area.dataset.seen;
      this.saving = Promise.resolve();
      if (editable) this.listen();
      if (!this.backdrop.textContent) this.mirror();
    }

    listen() {
      this.area.addEventListener("input", () => this.onInput());
      this.area.addEventListener("blur", () => this.save());
      this.restoreDraft();
    }

    get isSaved() {
      return this.area.value === this.seen;
    }

    get saveUrl() {
      return this.element.dataset.save || `${this.element.dataset.url}save/`;
    }

    // The backdrop under the field holds the same text and gives the field its height.
    mirror() {
      this.backdrop.textContent = this.area.value;
    }

    onInput() {
      this.mirror();
      desk.drafts.keep(this.key, this.area.value, this.seen);
      clearTimeout(this.pause);
      if (this.element.dataset.url) this.pause = setTimeout(() => this.check(), PAUSE_MS);
    }

    restoreDraft() {
      const draft = desk.drafts.read(this.key);
      if (!draft) return;
      if (draft.text === this.seen) {
        desk.drafts.drop(this.key);
        return;
      }
      this.area.value = draft.text;
      // The saved text may have changed since the draft; the server detects that.
      this.seen = draft.seen;
      this.mirror();
      this.showNotice("draft-text");
      desk.showStatus(desk.label("kept"), "warn");
    }

    async check() {
      const text = this.area.value;
      const { status: code, body } = await desk.post(`${this.element.dataset.url}check/`, { text });
      if (code === 200 && text === this.area.value) this.showAnswer(body);
    }

    // Send one request at a time for each sentence, in order.
    save() {
      this.saving = this.saving.then(() => this.send());
      return this.saving;
    }

    async send() {
      if (this.isSaved) {
        desk.drafts.drop(this.key);
        this.clearNotice();
        return true;
      }
      const text = this.area.value;
      desk.drafts.keep(this.key, text, this.seen);
      desk.showStatus(desk.label("saving"));
      const answer = await desk.post(this.saveUrl, { text, seen: this.seen });
      if (answer.status !== 200) return this.showRefusal(answer);
      this.seen = answer.body.text;
      if (this.area.value === text) {
        this.area.value = this.seen;
        desk.drafts.drop(this.key);
      }
      this.clearNotice();
      this.showAnswer(answer.body);
      desk.showStatus(desk.label("saved"), "good");
      return this.isSaved;
    }

    showAnswer(body) {
      if ("backdrop" in body) this.backdrop.innerHTML = body.backdrop;
      if ("feedback" in body) this.element.querySelector(".feedback").innerHTML = body.feedback;
      if ("state" in body) {
        const place = this.element.querySelector("[data-origin]");
        if (place) place.textContent = body.state;
        else this.element.querySelector(".state").innerHTML = body.state;
      }
      if ("approved" in body) this.element.classList.toggle("approved", body.approved);
      if ("open" in body) this.element.classList.toggle("open", body.open);
      if ("may_undo" in body) this.element.querySelector("[data-do=undo]").hidden = !body.may_undo;
      if ("status" in body) status.innerHTML = body.status;
      if (!("backdrop" in body)) this.mirror();
      if ("summary" in body) desk.rows.at(-1).replaceSummary(body.summary);
    }

    // A summary that is extracted from the sentences changes with them.
    replaceSummary(body) {
      if (!this.isSaved) return;
      this.seen = this.area.value = body.text;
      this.showAnswer({ state: body.state });
    }

    showRefusal({ status: code, body }) {
      if (code === 0) {
        desk.showStatus(desk.label("offline"), "bad");
        setTimeout(() => this.save(), RETRY_MS);
        return false;
      }
      desk.showStatus(body.message || desk.label("offline"), "bad");
      if (code === 409) {
        this.theirs = body.present;
        const shown = this.showNotice("conflict-text", body.message);
        shown.querySelector(".theirs").textContent = body.present;
      } else if (code === 423) {
        this.showNotice("claimed-text", body.message);
      } else {
        const shown = this.showNotice("refused-text", body.message);
        shown.querySelector("[data-login]").hidden = code !== 401;
      }
      return false;
    }

    showNotice(name, message) {
      this.conflict.replaceChildren(document.getElementById(name).content.cloneNode(true));
      if (message) this.conflict.querySelector(".warn").textContent = message;
      this.conflict.hidden = false;
      return this.conflict;
    }

    clearNotice() {
      this.conflict.hidden = true;
      this.conflict.replaceChildren();
    }

    replaceText(text) {
      this.area.value = text;
      this.onInput();
      return this.save();
    }

    // Returns whether the sentence is approved.
    async approve() {
      if (!(await this.save())) return false;
      if (this.element.classList.contains("approved") || !this.element.dataset.url) return true;
      return this.act("approve", { seen: this.seen });
    }

    async undo() {
      if (await this.save()) await this.act("undo", { seen: this.seen });
    }

    async act(name, fields) {
      const answer = await desk.post(`${this.element.dataset.url}${name}/`, fields);
      if (answer.status !== 200) return this.showRefusal(answer);
      this.seen = answer.body.text;
      this.area.value = this.seen;
      this.showAnswer(answer.body);
      this.clearNotice();
      desk.showStatus(desk.label("saved"), "good");
      return true;
    }

    async askEngine() {
      const choice = this.element.querySelector("[data-do=engine]");
      if (!choice) return;
      const place = this.element.querySelector(".proposals");
      place.textContent = "…";
      const answer = await desk.post(`${this.element.dataset.url}ask/`, { engine: choice.value });
      if (answer.status === 200) place.innerHTML = answer.body.proposal;
      else place.textContent = answer.body.message || desk.label("offline");
    }

    // Findings count characters, fields count UTF-16 code units.
    select(start, end) {
      const letters = Array.from(this.area.value);
      const units = (count) => letters.slice(0, count).join("").length;
      this.area.focus();
      if (end > start) this.area.setSelectionRange(units(start), units(end));
    }

    async takeOver() {
      const answer = await desk.post(form.dataset.claim, { take_over: "1" });
      if (answer.status !== 200) return this.showRefusal(answer);
      status.innerHTML = answer.body.status;
      return this.save();
    }

    press(button) {
      const actions = {
        use: () => this.replaceText(button.dataset.text),
        approve: () => this.approve(),
        undo: () => this.undo(),
        ask: () => this.askEngine(),
        place: () => this.select(Number(button.dataset.start), Number(button.dataset.end)),
        save: () => this.save(),
        discard: () => this.replaceText(this.area.dataset.seen),
        mine: () => {
          this.seen = this.theirs;
          return this.save();
        },
        theirs: () => {
          this.seen = this.theirs;
          return this.replaceText(this.theirs);
        },
        "take-over": () => this.takeOver(),
      };
      actions[button.dataset.do]?.();
    }
  }

  desk.rows = [...form.querySelectorAll(".row")].map((element) => new Row(element));
  desk.rowOf = (node) => desk.rows.find((row) => row.element.contains(node));
  desk.saveAll = async () => {
    await Promise.all(desk.rows.map((row) => row.save()));
    return desk.rows.every((row) => row.isSaved);
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    const row = button && desk.rowOf(button);
    if (row) row.press(button);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.saveAll();
  });
  window.addEventListener("online", () => desk.saveAll());
  window.addEventListener("focus", () => {
    // The editor may have logged in again in another tab.
    for (const row of desk.rows) if (!row.isSaved && !row.conflict.hidden && !row.theirs) row.save();
  });

  // Save first, because a decision is about the texts on the screen.
  status.addEventListener("submit", async (event) => {
    if (event.target.dataset.saved) return;
    event.preventDefault();
    const { target, submitter } = event;
    if (!(await desk.saveAll())) {
      desk.showStatus(desk.label("unsaved"), "bad");
      return;
    }
    // Saving may have replaced the form of decisions.
    const now = status.querySelector("form.decisions");
    const button = submitter && now.querySelector(`button[value="${submitter.value}"]`);
    now.elements.reason && target.elements.reason && (now.elements.reason.value = target.elements.reason.value);
    now.elements._queue.value = form.dataset.queue;
    now.dataset.saved = "yes";
    now.requestSubmit(button || undefined);
  });

  // Claim the translation when the editor starts to type, and renew the claim every four minutes.
  let claimed = false;
  const claim = async () => {
    const answer = await desk.post(form.dataset.claim, {});
    claimed = answer.status === 200;
    if (claimed) status.innerHTML = answer.body.status;
    else if (answer.status) desk.showStatus(answer.body.message, "bad");
  };
  if (editable) {
    form.addEventListener("focusin", (event) => {
      if (!claimed && event.target.matches("textarea")) {
        claimed = true;
        claim();
      }
    });
    setInterval(() => claimed && !document.hidden && claim(), 240_000);
  }
  document.documentElement.classList.add("scripted");
})();
