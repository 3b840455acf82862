/* The desk works without this file. The key “/” leads to the search, unless somebody is typing. */
(() => {
  "use strict";
  const field = document.getElementById("desk-search");
  if (!field) return;
  document.addEventListener("keydown", (event) => {
    const plain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
