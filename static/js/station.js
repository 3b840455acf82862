/* Everything works without this file. It adds the reader's own clock to a page that is the same for everybody,
   and proposes the browser's time zone where a form asks for one. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const language = document.documentElement.lang || "en";
  // English is the world's: 24 November, not November 24. Digits are those of the rest of the page.
  const locale = `${language === "en" ? "en-GB" : language}-u-nu-latn`;

  /* A formatter is dear to make (many milliseconds on a slow phone), so each is made once, and only where it is needed. */
  const made = new Map();
  function format(options, zone) {
    const key = JSON.stringify([options, zone]);
    if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }));
    return made.get(key);
  }
  const ownZone = () => format({}).resolvedOptions().timeZone;

  /* What clocks show that are so many minutes ahead of UTC, as "2026-12-01T18:00:00.000Z"; the browser's, if not told. */
  const ahead = (moment) => -moment.getTimezoneOffset();
  const shown = (moment, minutes = ahead(moment)) => new Date(+moment + minutes * 60000).toISOString();
  const day = (moment, minutes) => shown(moment, minutes).slice(0, 10);
  const hour = (moment) => shown(moment).slice(11, 16);
  const weekday = (moment) => format({ weekday: "long" }).format(moment);

  /* “Sunday 1 November”, as the server writes it: no comma behind the weekday, and in French “dimanche 1er novembre”. */
  function date(moment) {
    const words = format({ weekday: "long", day: "numeric", month: "long" }).format(moment).replace(/[,،]/g, "");
    return language === "fr" ? words.replace(" 1 ", " 1er ") : words;
  }

  /* From `start` to `end` in the browser's zone. The day is told where it is not `told`, the one that was told before. */
  function stretch(start, end, told) {
    const named = (moment) => `${weekday(moment)} ${hour(moment)}`;
    const first = day(start) === told ? hour(start) : named(start);
    const dated = (moment) => words.dayHours.replace("{day}", date(moment)).replace("{hours}", hour(moment));
    if (isNaN(end)) return first;
    if (end - start >= 86400000) return `${dated(start)}\u00a0– ${dated(end)}`;
    return day(start) === day(end) ? `${first}–${hour(end)}` : `${first}\u00a0– ${named(end)}`;
  }

  /* The words with hours such as 16:00–17:30 in one piece. */
  function inOnePiece(text) {
    return text.split(/(\d\d:\d\d–\d\d:\d\d)/).map((piece, number) => {
      if (number % 2 === 0) return piece;
      const hours = document.createElement("span");
      hours.className = "nowrap";
      hours.textContent = piece;
      return hours;
    });
  }

  /* The day on which the browser's clocks come to differ between two moments; the time is halved until it is found. */
  function changeOfClocks(early, late) {
    const goal = ahead(late);
    if (ahead(early) === goal) return null;
    while (late - early > 60000) {
      const middle = new Date((+early + +late) / 2);
      if (ahead(middle) === goal) late = middle;
      else early = middle;
    }
    return late;
  }

  /* <p data-change data-at="1796115600" data-until="1796122800" data-zone="…" hidden>: the browser's clocks, before the
     host's, as they are the reader's. */
  function tellChange(element) {
    try {
      const start = new Date(element.dataset.at * 1000);
      const found =
        changeOfClocks(new Date(), start) ||
        (element.dataset.until && changeOfClocks(start, new Date(element.dataset.until * 1000)));
      if (!found || ownZone() === element.dataset.zone) return;
      element.textContent = words.clocksChange.replace("{day}", date(found));
      element.hidden = false;
    } catch {
      /* A zone this browser does not know. */
    }
  }

  /* <time datetime="2026-12-01T09:00:00Z" data-clock data-offset="32400" [data-until="…Z"]>, told in a clock so many seconds
     ahead of UTC, gets a <span class="clock-own"> behind it where the browser's differs at that moment. */
  function addOwnClock(element) {
    const moment = new Date(element.dateTime);
    const theirs = element.dataset.offset / 60;
    if (isNaN(theirs) || isNaN(moment) || element.nextElementSibling?.matches(".clock-own")) return;
    if (theirs === ahead(moment)) {
      element.dataset.clock = "same";
      return;
    }
    const text = stretch(moment, new Date(element.dataset.until), day(moment, theirs));
    const days = (Date.parse(day(moment)) - Date.parse(day(moment, theirs))) / 86400000;
    // Across the date line two days may lie between; then the weekday alone says it.
    const pattern = days === 1 ? words.nextDay : days === -1 ? words.dayBefore : words.ownTime;
    const note = document.createElement("span");
    note.className = "clock-own";
    note.append(...inOnePiece(pattern.replace("{time}", text)));
    element.after(note);
  }

  /* <span data-now data-zone="Asia/Seoul">UTC+9</span> shows the hour there, with what it differs by kept behind it. */
  function showNow(element) {
    const offset = (element.dataset.offset ??= element.textContent.trim());
    try {
      const now = new Date();
      const hour = format({ weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, element.dataset.zone);
      element.textContent = `${hour.format(now)} (${offset})`;
    } catch {
      /* A zone this browser does not know: the difference stands alone. */
    }
  }

  /* A browser may call its zone by a name it had before (Asia/Calcutta); each choice knows those of its zone. */
  function proposeZone(select) {
    const own = ownZone();
    const isOwn = ({ value, dataset }) => value === own || dataset.before?.split(" ").includes(own);
    if (!select.value) select.value = [...select.options].find(isOwn)?.value ?? "";
  }

  /* One after the other, giving way after a few milliseconds: a slow phone answers a finger meanwhile. */
  function enhanceEach(steps) {
    const until = performance.now() + 8;
    while (steps.length && performance.now() < until) {
      const [enhanceOne, element] = steps.shift();
      enhanceOne(element);
    }
    if (steps.length) setTimeout(enhanceEach, 0, steps);
  }

  function enhance(root) {
    const steps = (selector, enhanceOne) => [...root.querySelectorAll(selector)].map((element) => [enhanceOne, element]);
    enhanceEach([
      ...steps("select[data-browser-zone]", proposeZone),
      ...steps("time[data-clock]", addOwnClock),
      ...steps("[data-now]", showNow),
      ...steps("[data-change]", tellChange),
    ]);
  }

  /* What door.js keeps of the list at the door is gone after 12 hours, whatever page is opened next; it tells how many. */
  function dropOldTaps() {
    const old = Object.keys(localStorage).filter((key) => key.startsWith("tap:") && Date.now() - key.split(":")[1] > 43200000);
    old.forEach((key) => localStorage.removeItem(key));
    if (old.length) localStorage["taps-gone"] = Number(localStorage["taps-gone"] || 0) + old.length;
  }

  try { dropOldTaps(); } catch { /* this browser keeps nothing */ }
  enhance(document);
  setInterval(() => document.querySelectorAll("[data-now]").forEach(showNow), 20000);
  document.addEventListener("htmx:after:swap", () => enhance(document));
  document.querySelector(".error-summary")?.focus();
})();
