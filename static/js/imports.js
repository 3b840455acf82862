// The page of an import that is under way: how far it is, fetched anew until it has ended. Without scripts a link does it.
"use strict";

const EVERY = 3000;

async function look() {
  const shown = document.querySelector("[data-refresh]");
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-refresh]");
    if (!now) {
      location.reload();
      return;
    }
    if (now.innerHTML !== shown.innerHTML) shown.replaceChildren(...now.childNodes);
  } catch {
    // No answer at the moment: the next look may have one.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
