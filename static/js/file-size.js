/* The desk works without this file. With it, a file that is too large is not sent at all: on a slow line its refusal would
   come late. The server looks once more. */
(() => {
  "use strict";
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.largest) return;
    target.parentElement.querySelector(".desk-file-refused")?.remove();
    const [file] = target.files;
    if (!file || file.size <= Number(target.dataset.largest)) return;
    target.value = "";
    const refused = document.createElement("p");
    refused.className = "desk-file-refused";
    refused.setAttribute("role", "alert");
    refused.textContent = target.dataset.tooLarge;
    target.after(refused);
  });
})();
