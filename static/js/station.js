/* Everything works without this file. It adds the reader's own clock to a page that is the same for everybody,
   and proposes the browser's time zone where a form asks for one. */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const language = document.documentElement.lang || "en";
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

  const format = (zone, options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
  const day = (moment, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(moment);
  const wall = (moment, zone) =>
    format(zone, { dateStyle: "short", timeStyle: "short" }).format(moment);

  /* <time datetime="2026-12-01T09:00:00Z" data-clock data-zone="Asia/Seoul" [data-until="…Z"]> gets, where the two
     clocks differ at that moment, a <span class="clock-own"> behind it. */
  function addOwnClock(element) {
    const moment = new Date(element.dateTime);
    const zone = element.dataset.zone;
    if (!own || !zone || isNaN(moment) || element.nextElementSibling?.matches(".clock-own")) return;
    try {
      if (wall(moment, zone) === wall(moment, own)) {
        element.dataset.clock = "same";
        return;
      }
      const sameDay = day(moment, zone) === day(moment, own);
      const hours = format(own, {
        hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(sameDay ? {} : { weekday: "long" }),
      });
      // Of what lasts for days, the beginning is enough.
      const last = new Date(element.dataset.until);
      const until = last - moment < 86400000 ? last : null;
      const text =
        until && sameDay && day(until, own) === day(moment, own)
          ? `${hours.format(moment)}–${hours.format(until)}`
          : hours.format(moment);
      const pattern = sameDay ? words.ownTime : day(moment, own) > day(moment, zone) ? words.nextDay : words.dayBefore;
      const note = document.createElement("span");
      note.className = "clock-own";
      note.textContent = pattern.replace("{time}", text);
      element.after(note);
    } catch {
      /* A zone this browser does not know: the host's clock stands alone. */
    }
  }

  /* <time data-now data-zone="Asia/Seoul">UTC+9</time> shows the hour there, with what it differs by kept behind it. */
  function showNow(element) {
    const offset = (element.dataset.offset ??= element.textContent.trim());
    try {
      const now = new Date();
      const hour = format(element.dataset.zone, { weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      element.dateTime = now.toISOString();
      element.textContent = `${hour.format(now)} (${offset})`;
    } catch {
      /* A zone this browser does not know: the difference stands alone. */
    }
  }

  function proposeZone(select) {
    if (!select.value && [...select.options].some((option) => option.value === own)) select.value = own;
  }

  function enhance(root) {
    root.querySelectorAll("time[data-clock]").forEach(addOwnClock);
    root.querySelectorAll("time[data-now]").forEach(showNow);
    root.querySelectorAll("select[data-browser-zone]").forEach(proposeZone);
  }

  enhance(document);
  setInterval(() => document.querySelectorAll("time[data-now]").forEach(showNow), 20000);
  document.addEventListener("htmx:after:swap", () => enhance(document));
  document.querySelector(".error-summary")?.focus();
})();
