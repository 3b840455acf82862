// The calendar of the desk: a meeting dragged to another day leads to the page that asks. Dragging changes nothing, and
// the link “Move” of each meeting does the same without it.
"use strict";

const DAY = 86_400_000;
const FORMAT = "text/x-station-meeting";
let dragged = null;

// The day of the host on which it would be: as many days later as the cell is.
function newDay(entry, cell) {
  const from = Date.parse(entry.closest("[data-day]").dataset.day);
  const shift = Date.parse(cell.dataset.day) - from;
  const there = new Date(Date.parse(entry.dataset.hostDay) + Math.round(shift / DAY) * DAY);
  return there.toISOString().slice(0, 10);
}

function cellOf(event) {
  return event.target instanceof Element ? event.target.closest("td[data-day]") : null;
}

function mark(cell) {
  for (const marked of document.querySelectorAll(".planner-over")) marked.classList.remove("planner-over");
  cell?.classList.add("planner-over");
}

for (const entry of document.querySelectorAll("[data-move]")) {
  entry.draggable = true;
  entry.addEventListener("dragstart", (event) => {
    dragged = entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData(FORMAT, "");
  });
  entry.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
}

document.addEventListener("dragover", (event) => {
  const cell = cellOf(event);
  if (!dragged || !cell) return;
  event.preventDefault();
  mark(cell);
});

document.addEventListener("drop", (event) => {
  const cell = cellOf(event);
  if (!dragged || !cell) return;
  event.preventDefault();
  if (cell === dragged.closest("[data-day]")) return;
  const address = new URL(dragged.dataset.move, location.href);
  address.searchParams.set("day", newDay(dragged, cell));
  location.assign(address);
});
