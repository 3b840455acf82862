/* <select data-choices> with many options becomes a field in which one types to find: by the option's text and by the other
   names in its data-also, without accents, in any order of the words. Without this file the select stays as it is.
   The select keeps the value and the name; what is typed and stands in no option goes to the field that data-other names.
   Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-autocomplete-list/ */
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const STROKED = { ł: "l", ø: "o", đ: "d", ı: "i", æ: "ae", œ: "oe", ß: "ss", ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه" };
  const MARKS = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u200c]/g;

  const plain = (text) =>
    ` ${text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/[łøđıæœßٱىیکة]/g, (one) => STROKED[one])
      .normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;

  document.querySelectorAll("select[data-choices]").forEach(enhance);

  function enhance(select) {
    const id = select.id;
    const input = document.createElement("input");
    const list = document.createElement("ul");
    const status = document.createElement("p");
    const box = document.createElement("div");
    const other = document.getElementById(select.dataset.other);
    const options = [...select.options].filter((option) => option.value);
    const names = new Map(options.map((option) => [option, plain(`${option.text} ${option.dataset.also || ""}`)]));
    let active = null;

    select.before(box);
    select.id = `${id}-kept`;
    select.hidden = true;
    Object.assign(input, { id, type: "text", autocomplete: "off", spellcheck: false, placeholder: words.placeholder });
    for (const name of ["aria-describedby", "aria-invalid", "required"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    select.required = false;
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, dir: "auto",
    })) input.setAttribute(name, value);
    Object.assign(list, { id: `${id}-list`, className: "choices-list", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", document.querySelector(`label[for="${id}"]`)?.firstChild.textContent.trim() || "");
    status.className = "field-hint choices-status";
    status.setAttribute("role", "status");
    box.className = "choices";
    box.append(input, list, status, select);

    const items = options.map((option, number) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `${id}-${number}`, textContent: option.text, dir: "auto" });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays where it is
      item.addEventListener("click", () => choose(option));
      list.append(item);
      return item;
    });

    show();
    input.addEventListener("input", (event) => { event.stopPropagation(); find(); });
    input.addEventListener("change", (event) => event.stopPropagation());
    input.addEventListener("click", () => { if (list.hidden) find(true); });
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", leave);

    function show() {
      input.value = select.value ? select.selectedOptions[0].text : "";
    }

    function shown() {
      return items.filter((item) => !item.hidden);
    }

    /* Opens the list with what fits; with everything where the text is what was chosen before. */
    function find(everything = false) {
      const asked = everything ? [] : plain(input.value).trim().split(" ").filter(Boolean);
      options.forEach((option, number) => {
        const name = names.get(option);
        items[number].hidden = !asked.every((word) => name.includes(` ${word}`) || (word > "\u2e7f" && name.includes(word)));
      });
      const found = shown();
      point(asked.length ? found[0] : null);
      open(found.length > 0);
      status.textContent = found.length ? words.found.replace("{count}", found.length) : words.nothing;
    }

    function open(wanted) {
      list.hidden = !wanted;
      input.setAttribute("aria-expanded", String(wanted));
      if (!wanted) point(null);
    }

    function point(item) {
      active?.setAttribute("aria-selected", "false");
      active = item || null;
      active?.setAttribute("aria-selected", "true");
      active?.scrollIntoView({ block: "nearest" });
      if (active) input.setAttribute("aria-activedescendant", active.id);
      else input.removeAttribute("aria-activedescendant");
    }

    function choose(option) {
      select.value = option ? option.value : "";
      show();
      open(false);
      status.textContent = "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function onKey(event) {
      const found = shown();
      const at = found.indexOf(active);
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) find(true);
        else point(found[(at + (event.key === "ArrowDown" ? 1 : at < 0 ? 0 : -1) + found.length) % found.length]);
      } else if (event.key === "Enter" && !list.hidden && active) {
        event.preventDefault();
        choose(options[items.indexOf(active)]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        open(false);
      }
    }

    /* Leaving with the text of an option, or of one alone, chooses it; other words are of another organization. */
    function leave() {
      const text = input.value.trim();
      const was = select.value ? select.selectedOptions[0].text : "";
      const single = shown().length === 1 ? options[items.indexOf(shown()[0])] : null;
      const meant = options.find((option) => plain(option.text) === plain(text)) || (text && single);
      open(false);
      if (text === was) return;
      if (meant || !text) {
        choose(meant);
      } else if (other && !other.value) {
        choose(null);
        other.value = text;
        other.dispatchEvent(new Event("input", { bubbles: true }));
        status.textContent = words.moved;
      }
    }
  }
})();
