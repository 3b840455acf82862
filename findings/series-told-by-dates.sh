#!/bin/sh
# ical.js 2.2.1 and node-ical 0.27.2 read a series of three meetings, told by dates (RFC 5545, 3.8.5.2: DTSTART is the first
# of the recurrence set, RDATE adds to it). ical.js leaves out the first meeting, unless DTSTART is named among the dates;
# node-ical sees one meeting. Exits with 1 when one of them reads otherwise.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
cd "$home"
npm install --silent --no-audit --no-fund ical.js@2.2.1 node-ical@0.27.2
cat >read.cjs <<'JS'
const ICAL = require("ical.js").default ?? require("ical.js");
const ical = require("node-ical");
const file = (dates) => ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:1@x.example",
  "DTSTAMP:20270101T000000Z", "DTSTART:20270202T140000Z", "DTEND:20270202T150000Z", `RDATE:${dates}`, "SUMMARY:Three",
  "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
function byIcalJs(text) {
  const dates = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent")).iterator();
  const found = [];
  for (let next = dates.next(); next; next = dates.next()) found.push(next.toString().slice(0, 10));
  return found.join(" ");
}
function byNodeIcal(text) {
  const span = { from: new Date("2027-01-01"), to: new Date("2027-12-31") };
  return Object.values(ical.sync.parseICS(text)).filter(({ type }) => type === "VEVENT")
    .flatMap((event) => ical.expandRecurringEvent(event, span))
    .map(({ start }) => start.toISOString().slice(0, 10)).join(" ");
}
const others = "20270205T140000Z,20270213T140000Z";
console.log("ical.js  ", byIcalJs(file(others)));
console.log("ical.js with DTSTART among the dates  ", byIcalJs(file(`20270202T140000Z,${others}`)));
console.log("node-ical  ", byNodeIcal(file(others)));
JS
node read.cjs | tee seen
cat >expected <<'TEXT'
ical.js   2027-02-05 2027-02-13
ical.js with DTSTART among the dates   2027-02-02 2027-02-05 2027-02-13
node-ical   2027-02-02
TEXT
cmp -s seen expected || { echo "They read it otherwise now." >&2; exit 1; }
