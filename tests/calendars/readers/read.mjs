// Reads calendar files as programs in JavaScript do. Takes the folder of the libraries, the name of one, and files; writes
// for each file the start and end of every event in it, a moment as "2027-02-02T14:00:00.000Z", a day as "2027-02-02".
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [home, name, ...files] = process.argv.slice(2);
const library = createRequire(`${home}/`)(name);

const readers = {
  // Nextcloud, Thunderbird and most calendars in browsers.
  "ical.js"(text) {
    const ICAL = library.default ?? library;
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    const found = [];
    for (const component of calendar.getAllSubcomponents("vevent")) {
      const event = new ICAL.Event(component);
      if (event.isRecurrenceException()) continue; // its series tells of it
      if (!event.isRecurring()) {
        found.push([event.startDate, event.endDate]);
        continue;
      }
      const dates = event.iterator();
      for (let next = dates.next(); next; next = dates.next()) {
        const { startDate, endDate } = event.getOccurrenceDetails(next);
        found.push([startDate, endDate]);
      }
    }
    const words = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
    return found.map((pair) => pair.map(words));
  },

  // What programs on Node read with.
  "node-ical"(text) {
    const events = Object.values(library.sync.parseICS(text)).filter(({ type }) => type === "VEVENT");
    const span = { from: new Date("2026-01-01"), to: new Date("2029-01-01") };
    const found = events.flatMap((event) => library.expandRecurringEvent(event, span));
    const pad = (number) => String(number).padStart(2, "0");
    const day = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    return found.map(({ start, end, isFullDay }) =>
      [start, end].map((time) => (isFullDay ? day(time) : time.toISOString())),
    );
  },
};

process.stdout.write(JSON.stringify(files.map((file) => readers[name](readFileSync(file, "utf8")))));
