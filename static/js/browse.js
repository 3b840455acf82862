/* The catalog works without this file. It keeps the address short and the focus where the eye is, when htmx changes the list. */
(() => {
  "use strict";
  const form = document.getElementById("browse");
  if (!form || !window.htmx) return;

  // Every change is shown at once, so the second button says nothing new.
  form.querySelectorAll("[data-without-scripts]").forEach((element) => { element.hidden = true; });

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
