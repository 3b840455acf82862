/* The list at the door works without this file. With it a tap changes its line at once and is sent behind it. Until it has
   arrived it lies in this browser, for 12 hours at most: numbers and a mark, no names. Each has an id under which the server
   does it once, so it may be sent again whenever nobody knows whether it arrived. */
(() => {
  "use strict";
  const form = document.getElementById("door");
  if (!form) return;
  const words = form.dataset;
  const KEPT = 12 * 60 * 60 * 1000;
  const held = new Map(); // where this browser keeps nothing: until the page is left
  const before = new Map(); // the line as it was before a tap
  let sending = false, signedOut = false, pause = 0, timer, last = 0;

  /* Taps that wait, in the order in which they were made. station.js drops old ones by the moment in the key, too. */

  const key = (tap) => `tap:${tap.at}:${tap.id}`;

  function keep(tap) {
    try { localStorage.setItem(key(tap), JSON.stringify(tap)); } catch { held.set(tap.id, tap); }
  }

  function drop(tap) {
    held.delete(tap.id);
    try { localStorage.removeItem(key(tap)); } catch { /* not allowed */ }
  }

  function waiting() {
    const found = [...held.values()];
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith("tap:")) found.push(JSON.parse(localStorage[name]));
    } catch { /* not allowed */ }
    return found.sort((one, other) => one.at - other.at);
  }

  const isMine = (tap) => tap.by === words.person;
  const isHere = (tap) => tap.meeting === words.meeting;
  const onLine = (meeting, registration) =>
    waiting().filter((tap) => isMine(tap) && tap.meeting === meeting && tap.registration === registration);

  function number() {
    const random = () => crypto.getRandomValues(new Uint8Array(1))[0] & 15;
    return crypto.randomUUID?.() ??
      "xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx".replace(/x/g, () => random().toString(16));
  }

  /* Pressing */

  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "tap") return;
    event.preventDefault();
    press(event.submitter);
  });

  function press(button) {
    const row = button.closest(".door-row");
    const now = Date.now();
    if (now - last < 400 && row.id === press.row) return; // the second half of a double click
    last = now;
    press.row = row.id;
    told("");
    const [state, ...seen] = button.value.split("/");
    const registration = row.id.slice(1);
    const on = onLine(words.meeting, registration).at(-1);
    if (on && !on.tried && before.get(on.id)?.dataset.state === state) {
      drop(on); // nobody has heard of it
      say(swap(row, before.get(on.id)));
      return tell();
    }
    const at = Math.max(now, (waiting().at(-1)?.at ?? 0) + 1);
    const tap = {
      id: number(), by: words.person, meeting: words.meeting, registration, state, seen: seen.join("/"), after: on?.id, at,
    };
    before.set(tap.id, row);
    keep(tap);
    say(draw(row, state));
    send();
  }

  /* The line as it will be, out of the pattern that the server made for this state. */
  function draw(row, state) {
    const fresh = document.querySelector(`template[data-pattern="${state}"]`).content.firstElementChild.cloneNode(true);
    const text = (of) => row.querySelector(of).textContent;
    fresh.id = row.id;
    fresh.dataset.waits = "";
    fresh.querySelector(".door-name").textContent = text(".door-name");
    fresh.querySelector(".door-origin").textContent = text(".door-origin");
    fresh.querySelectorAll(".door-of").forEach((of) => { of.textContent = text(".door-name"); });
    fresh.querySelectorAll("[formaction]").forEach((button) => button.setAttribute("formaction", `${row.id.slice(1)}/`));
    return swap(row, fresh);
  }

  /* The focus stays on the line, but on no button: whoever presses twice undoes nothing. */
  function swap(row, fresh) {
    const active = document.activeElement;
    fresh.hidden = row.hidden;
    for (const [line, step] of [[row, -1], [fresh, 1]]) {
      const count = document.querySelector(`[data-count="${line.dataset.state}"]`);
      if (count) count.textContent = Math.max(0, Number(count.textContent) + step);
    }
    const inside = row.contains(active) && active;
    row.replaceWith(fresh);
    if (inside) {
      const same = inside.matches(".door-side") && row.dataset.state === fresh.dataset.state && fresh.querySelector(".door-side");
      if (!same) fresh.tabIndex = -1;
      (same || fresh).focus({ preventScroll: true });
    }
    return fresh;
  }

  /* Sending, one after the other */

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    dropOld();
    while (true) {
      const tap = waiting().find(isMine);
      if (!tap || !(await arrives(tap))) break;
      pause = 0;
    }
    sending = false;
    tell();
  }

  /* Whether the next one may follow. */
  async function arrives(tap) {
    if (!navigator.onLine) return later();
    let answer, news;
    tap.tried = true;
    keep(tap);
    const slow = setTimeout(tell, 1500);
    try {
      answer = await fetch(words.address.replace("/0/", `/${tap.meeting}/`).replace("/0/", `/${tap.registration}/`), {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({
          csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value, id: tap.id, tap: `${tap.state}/${tap.seen}`,
        }),
        redirect: "manual",
        signal: AbortSignal.timeout(20000),
      });
      if (answer.ok || answer.status === 409) news = await answer.json();
    } catch {
      return later();
    } finally {
      clearTimeout(slow);
    }
    signedOut = answer.type === "opaqueredirect" || answer.status === 403;
    if (signedOut) return false;
    if (answer.status === 404) news = { refused: words.notYours };
    if (!news) return later();
    settle(tap, news);
    return true;
  }

  function later() {
    pause = Math.min((pause || 1000) * 2, 60000);
    timer = setTimeout(send, pause);
    return false;
  }

  /* What was pressed after it on the same line stood on it: it goes with it, or says what is there now. */
  function settle(tap, news) {
    const was = before.get(tap.id);
    drop(tap);
    before.delete(tap.id);
    const next = onLine(tap.meeting, tap.registration);
    const row = isHere(tap) && document.getElementById(`r${tap.registration}`);
    if (news.refused) {
      next.forEach(drop);
      const name = row ? row.querySelector(".door-name").textContent : words.elsewhere;
      told(words.line.replace("{name}", name).replace("{text}", news.refused));
    } else {
      next.filter((other) => other.after === tap.id).forEach((other) => keep({ ...other, seen: news.seen, after: undefined }));
    }
    if (!row || (next.length && !news.refused)) return;
    if (!news.html) return was && swap(row, was);
    const holder = document.createElement("template");
    holder.innerHTML = news.html;
    swap(row, holder.content.querySelector(".door-row"));
  }

  function dropOld() {
    const old = waiting().filter((tap) => Date.now() - tap.at > KEPT);
    old.forEach(drop);
    let gone = old.length;
    try {
      gone += Number(localStorage.getItem("taps-gone"));
      localStorage.removeItem("taps-gone");
    } catch { /* not allowed */ }
    if (gone) told(words.tooOld.replace("{count}", gone));
  }

  /* Telling */

  function say(row) {
    clearTimeout(find.timer);
    const text = row.querySelector(".door-note strong")?.textContent ?? words.undone;
    document.getElementById("door-said").textContent =
      words.line.replace("{name}", row.querySelector(".door-name").textContent).replace("{text}", text);
  }

  function told(text) {
    const place = document.getElementById("door-told");
    place.textContent = text;
    place.hidden = !text;
  }

  function tell() {
    const all = waiting();
    const mine = all.filter(isMine).length;
    const place = document.getElementById("door-unsent");
    const parts = [];
    if (mine) parts.push(words.unsent.replace("{count}", mine));
    if (all.length > mine) parts.push(words.others.replace("{count}", all.length - mine));
    const text = parts.join(" ");
    place.hidden = !text;
    if (place.dataset.text === text + signedOut) return;
    place.dataset.text = text + signedOut;
    place.textContent = text;
    if (!text || !signedOut) return;
    const link = document.createElement("a");
    link.href = location.href.split("#")[0];
    link.textContent = words.signIn;
    place.append(" ", link);
  }

  /* Finding, by the beginnings of words, without accents, in any order. What the server searched for stays its answer. */

  const MARKS = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c]/g;
  const LETTERS = { ł: "l", ø: "o", đ: "d", ı: "i", æ: "ae", œ: "oe", ß: "ss", ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه" };
  const plain = (text) =>
    text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/[łøđıæœßٱىیکة]/g, (one) => LETTERS[one]).normalize("NFC");

  const field = document.getElementById("q");
  if (field && !words.asked) {
    field.form.classList.add("door-live");
    field.form.addEventListener("submit", (event) => { event.preventDefault(); field.blur(); });
    field.addEventListener("input", find);
    if (field.value) find(); // the browser remembered it
  }

  function find() {
    const asked = plain(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    form.querySelectorAll(".door-row").forEach((row) => {
      const text = ` ${plain(`${row.querySelector(".door-name").textContent} ${row.querySelector(".door-origin").textContent}`)}`;
      row.hidden = !asked.every((word) => text.includes(` ${word}`) || (word > "\u2e7f" && text.includes(word)));
      found += !row.hidden;
    });
    clearTimeout(find.timer);
    find.timer = setTimeout(() => {
      document.getElementById("door-said").textContent = words.found.replace("{count}", found);
    }, 600);
  }

  /* What waits from before is shown on its lines, and sent now. */
  waiting().filter((tap) => isMine(tap) && isHere(tap)).forEach((tap) => {
    const row = document.getElementById(`r${tap.registration}`);
    if (row && document.querySelector(`template[data-pattern="${tap.state}"]`)) draw(row, tap.state);
  });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(() => { dropOld(); tell(); }, 60000);
  send();
})();
