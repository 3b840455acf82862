/* The questions of a meeting work without this file: a press loads the page again. With it a press is answered in place, and
   the page asks by itself whether there is something new: with the name of what it shows, so that nothing new costs next to
   nothing. No connection stays open. */
(() => {
  "use strict";
  const live = document.getElementById("live");
  if (!live?.dataset.live) return;
  const SOON = 4000, SELDOM = 30000, QUIET = 10 * 60 * 1000;
  const lost = document.getElementById("live-lost");
  const said = document.getElementById("live-said");
  const board = document.getElementById("board");
  let etag = live.dataset.etag, moved = Date.now(), answered = Date.now(), failures = 0, timer, asking = false, again = false, whole = false;

  /* Spread by chance, so that a full room does not ask in one moment. Seldom where nobody looks, where nothing moves, and
     where the server names no state. */
  function pause() {
    const quiet = document.hidden || Date.now() - moved > QUIET || !etag;
    const base = failures ? Math.min(SOON * 2 ** failures, 60000) : quiet ? SELDOM : SOON;
    return base * (0.75 + Math.random() / 2);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, pause());
  }

  async function ask() {
    if (asking) return (again = true);
    asking = true;
    clearTimeout(timer);
    try {
      const headers = { Accept: "text/html" };
      if (etag && !whole) headers["If-None-Match"] = etag;
      whole = false;
      if ("byItself" in live.dataset) headers["X-By-Itself"] = "1";
      const answer = await fetch(live.dataset.live, {
        headers, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(20000),
      });
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) return over();
      if (answer.status === 200) {
        show(await answer.text());
        etag = answer.headers.get("ETag") ?? "";
        moved = Date.now();
      } else if (answer.status !== 304) throw new Error(String(answer.status));
      failures = 0;
      answered = Date.now();
      lost.hidden = true;
    } catch {
      failures += 1;
      lost.hidden = Date.now() - answered < 60000;
    } finally {
      asking = false;
    }
    if (again) {
      again = false;
      return ask();
    }
    later();
  }

  /* Signed out, or the place is gone: asking on would not help. */
  function over() {
    lost.hidden = false;
    asking = false;
  }

  const numbers = () => new Set([...live.querySelectorAll(".question")].map((one) => one.id));

  /* The focus stays on the same button, else on the question it belonged to, else on the next one. */
  function show(html) {
    const active = live.contains(document.activeElement) ? document.activeElement : null;
    const question = active?.closest(".question, .question-own");
    const near = question && [question.id, question.nextElementSibling?.id, question.previousElementSibling?.id];
    const open = [...live.querySelectorAll("details[open][id]")].map((one) => one.id);
    const before = numbers();
    live.innerHTML = html;
    open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (active) {
      const same = active.id && document.getElementById(active.id);
      const place = same || near?.map((id) => id && document.getElementById(id)).find(Boolean);
      place?.focus({ preventScroll: Boolean(same) });
    }
    if (said && [...numbers()].some((id) => !before.has(id))) {
      said.textContent = "";
      setTimeout(() => { said.textContent = live.dataset.news; }, 100);
    }
  }

  board?.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button?.formAction || !live.contains(button)) return;
    event.preventDefault();
    if (board.dataset.busy) return;
    board.dataset.busy = "1";
    const form = new URLSearchParams(new FormData(board, button));
    try {
      const answer = await fetch(button.formAction, {
        method: "POST", body: form, headers: { Accept: "application/json" }, redirect: "manual",
        signal: AbortSignal.timeout(20000),
      });
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
      const { refused } = await answer.json();
      if (refused) tell(refused);
      whole = true; // what was changed here is to be seen at once
      ask();
    } catch {
      button.form.requestSubmit ? leave(button) : location.reload();
    } finally {
      delete board.dataset.busy;
    }
  });

  /* Once more, as without scripts: the server says what is wrong on a page of its own. */
  function leave(button) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    board.append(field);
    board.action = button.formAction;
    board.submit();
  }

  function tell(words) {
    const notice = document.createElement("p");
    notice.className = "notice notice-warning";
    notice.setAttribute("role", "alert");
    notice.textContent = words;
    live.before(notice);
    setTimeout(() => notice.remove(), 15000);
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("online", ask);
  later();
})();
