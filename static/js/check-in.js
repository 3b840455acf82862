/* The check-in screen, and the page of who came too early. Both work without this file: the browser then makes them anew by
   itself. With it the code changes without a flicker, and the seconds run. */
(() => {
  "use strict";
  const early = document.querySelector("[data-reload-in]");
  if (early) setTimeout(() => location.reload(), Number(early.dataset.reloadIn) * 1000);

  const first = document.getElementById("screen");
  if (!first?.dataset.renewIn) return;
  const old = document.getElementById("screen-old");
  let due = 0, renewed = performance.now(), asking = false;

  function start(screen) {
    due = performance.now() + Number(screen.dataset.renewIn) * 1000;
    renewed = performance.now();
    old.hidden = true;
  }

  async function renew() {
    asking = true;
    try {
      const answer = await fetch(location.href, { redirect: "manual", signal: AbortSignal.timeout(10000) });
      if (answer.type === "opaqueredirect" || answer.status === 404) return location.reload(); // signed out meanwhile
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("screen");
      if (!answer.ok || !fresh) throw new Error("no screen");
      document.getElementById("screen").replaceWith(fresh);
      if (fresh.dataset.renewIn) start(fresh);
      else clearInterval(clock);
    } catch {
      due = performance.now() + 5000;
      old.hidden = performance.now() - renewed < 60000;
    } finally {
      asking = false;
    }
  }

  const clock = setInterval(() => {
    const left = Math.ceil((due - performance.now()) / 1000);
    const shown = document.querySelector("[data-seconds]");
    if (shown) shown.textContent = Math.max(left, 0);
    if (left <= 0 && !asking) renew();
  }, 500);
  start(first);
})();
