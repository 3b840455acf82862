/* The catalog works without this file. It fetches htmx when somebody turns to the filters, so that a first visit does not
   pay for it; it keeps the address short, and the focus where the eye is, when htmx changes the list. */
(() => {
  "use strict";
  const form = document.getElementById("browse");
  const library = document.currentScript.dataset.htmx;
  if (!form || !library) return;

  // Every change is shown at once. So beside an open panel the second button says nothing new; where the panel lies above
  // the list it tells how many there are, and leads to them.
  form.classList.add("browse-live");
  document.getElementById("show-results").addEventListener("click", () => {
    form.querySelector(".filters-fold").open = false;
    const count = document.getElementById("result-count");
    count.focus({ preventScroll: true });
    count.scrollIntoView();
  });

  // What is asked before htmx is there is asked again once it is.
  let missed = false;
  const miss = () => { missed = true; };
  const turns = ["pointerover", "pointerdown", "focusin", "keydown"];

  function fetchLibrary() {
    turns.forEach((turn) => form.removeEventListener(turn, fetchLibrary));
    form.addEventListener("input", miss);
    form.addEventListener("change", miss);
    const script = document.createElement("script");
    script.src = library;
    script.onload = () => setTimeout(() => {
      form.removeEventListener("input", miss);
      form.removeEventListener("change", miss);
      if (missed) form.dispatchEvent(new Event("change", { bubbles: true }));
    }, 20);
    document.head.append(script);
  }
  turns.forEach((turn) => form.addEventListener(turn, fetchLibrary));
  if (form.contains(document.activeElement)) fetchLibrary();

  form.addEventListener("htmx:config:request", (event) => {
    const asked = event.detail.ctx.request.body;
    if (!(asked instanceof FormData)) return;
    for (const [name, value] of [...asked]) if (value === "") asked.delete(name);
  });

  // The link that was followed may be gone from the new list: then its head takes the focus.
  document.addEventListener("htmx:after:swap", () => {
    if (document.activeElement === document.body) document.getElementById("result-count")?.focus({ preventScroll: true });
  });
})();
