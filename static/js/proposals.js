/* Everything works without this file. It keeps what is typed, with us and in this browser, counts what is left, shows
   what is alike, and moves through the queue by keys. */
(() => {
  "use strict";
  const form = document.getElementById("step-form");
  if (form && form.enctype !== "multipart/form-data") write(form); // files go when a button is pressed
  readByKeys();

  function write(form) {
    const words = form.dataset;
    const status = document.getElementById("saving");
    const key = () => `proposal:${words.draft || "new"}:${words.step}`;
    const hidden = (name) => form.elements[name];
    let timer, running, wanted = false, sent = false;

    restore();
    form.addEventListener("input", () => {
      backUp();
      clearTimeout(timer);
      timer = setTimeout(keep, 1200);
    });
    form.addEventListener("change", keepSoon);
    form.addEventListener("submit", () => {
      sent = true;
      clearTimeout(timer);
      running?.abort();
      if (wanted) backUp();
    });
    // Back by the browser's own button, to this page as it stood.
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    addEventListener("online", keepSoon);
    addEventListener("pagehide", () => { if (!sent && wanted) backUp(); });
    form.querySelectorAll("[data-count]").forEach(count);
    lookAlike();

    function keepSoon() {
      clearTimeout(timer);
      timer = setTimeout(keep, 150);
    }

    function typed() {
      const found = {};
      for (const [name, value] of new FormData(form)) {
        if (!["token", "version", "sitting", "start_key", "website"].includes(name)) (found[name] ||= []).push(value);
      }
      return found;
    }

    /* In this browser, for the time until it is kept with us. */
    function backUp() {
      wanted = true;
      const held = { version: hidden("version").value, sitting: hidden("sitting").value, sent, typed: typed() };
      try { localStorage.setItem(key(), JSON.stringify(held)); } catch { /* full, or not allowed */ }
    }

    function forget() {
      wanted = false;
      try { localStorage.removeItem(key()); } catch { /* not allowed */ }
    }

    /* What did not reach us. It goes back in by itself unless somebody else wrote since: then the person chooses. */
    function restore() {
      let held;
      try { held = JSON.parse(localStorage.getItem(key())); } catch { /* nothing of ours */ }
      if (!held || document.querySelector(".error-summary")) return;
      const isNewest = held.version === hidden("version").value;
      if (JSON.stringify(typed()) === JSON.stringify(held.typed) || (held.sent && !isNewest)) return forget();
      if (isNewest || held.sitting === words.lastSitting) return putIn(held);
      offer(held);
    }

    function putIn(held) {
      const now = typed();
      for (const element of form.elements) {
        if (!element.name || !(element.name in now || element.name in held.typed)) continue;
        const values = held.typed[element.name] || [];
        if (element.type === "checkbox" || element.type === "radio") element.checked = values.includes(element.value);
        else if (element.type !== "hidden") element.value = values[0] ?? "";
      }
      say(words.restored);
      wanted = true;
      keepSoon();
    }

    function offer(held) {
      const notice = document.createElement("div");
      notice.className = "notice notice-warning stack";
      notice.setAttribute("role", "alert");
      const text = document.createElement("p");
      text.textContent = words.other;
      const buttons = document.createElement("p");
      buttons.className = "buttons";
      const choices = [[words.putIn, () => putIn(held)], [words.letGo, forget]];
      for (const [label, choose] of choices) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button button-quiet button-small";
        button.textContent = label;
        button.addEventListener("click", () => { choose(); notice.remove(); form.querySelector("input:not([type=hidden]), textarea, select")?.focus(); });
        buttons.append(button);
      }
      notice.append(text, buttons);
      form.before(notice);
    }

    async function keep() {
      if (sent || !wanted) return;
      if (running) return keepSoon();
      running = new AbortController();
      const before = JSON.stringify(typed());
      const place = key();
      say(words.saving);
      try {
        const answer = await fetch(form.action, {
          method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, signal: running.signal,
        });
        if (answer.status === 409) return say(words.elsewhere);
        if (answer.status === 429) return later(words.busy);
        if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return say(words.refused);
        if (!answer.ok) throw new Error(answer.status);
        const news = await answer.json();
        hidden("version").value = news.version;
        if (news.action) begun(news, place);
        if (JSON.stringify(typed()) === before) forget(); else keepSoon();
        say(words.saved);
      } catch {
        later(words.lost);
      } finally {
        running = undefined;
      }
    }

    function later(text) {
      if (sent) return;
      say(text);
      timer = setTimeout(keep, 5000);
    }

    /* The first words made the draft: from now on this page is its first step. */
    function begun(news, place) {
      form.action = news.action;
      hidden("token").value = news.token;
      words.draft = news.action.split("/").at(-4);
      history.replaceState(null, "", news.action);
      try { localStorage.removeItem(place); } catch { /* not allowed */ }
    }

    function say(text) { if (status) status.textContent = text; }

    function count(element) {
      const most = Number(element.dataset.count);
      if (!most) return;
      const note = document.createElement("p");
      note.className = "field-count";
      note.setAttribute("aria-hidden", "true");
      element.after(note);
      const show = () => {
        const left = most - element.value.replace(/\r\n/g, "\n").length;
        note.textContent = left < 0 ? words.over.replace("{over}", -left) : words.count.replace("{left}", left);
        note.classList.toggle("field-count-over", left < 0);
      };
      element.addEventListener("input", show);
      show();
    }

    function lookAlike() {
      const place = document.getElementById("similar");
      const title = form.elements.title;
      if (!place || !title) return;
      let pause, asked = title.value;
      title.addEventListener("input", () => {
        clearTimeout(pause);
        pause = setTimeout(async () => {
          if (title.value.trim().length < 4 || title.value === asked) return;
          asked = title.value;
          try {
            const answer = await fetch(`${place.dataset.address}?but=${words.draft}&title=${encodeURIComponent(asked)}`);
            if (answer.ok && title.value === asked) place.innerHTML = await answer.text();
          } catch { /* the line is dead; it can wait */ }
        }, 700);
      });
    }
  }

  /* j and k lead to the next and the one before, u to the queue; in a queue they move the focus. */
  function readByKeys() {
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select")) return;
      const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (link) return link.click();
      const rows = [...document.querySelectorAll("[data-queue] h2 a")];
      const step = { j: 1, k: -1 }[event.key];
      if (rows.length && step) {
        const here = rows.indexOf(document.activeElement);
        rows[Math.max(0, Math.min(rows.length - 1, here + step))].focus();
      }
    });
  }
})();
