// Suggestions under a search field, by the combobox pattern of ARIA: the field keeps the focus, arrows choose, Enter goes
// there, Escape closes. Whoever chooses nothing searches for what she typed.

const WAIT = 150;
let lists = 0;

/** @param {HTMLElement} field what holds the input; `data-suggest` is where suggestions come from */
export function suggest(field) {
  const input = /** @type {HTMLInputElement | null} */ (field.querySelector("input"));
  if (!input) return;
  const list = made(field, input);
  let timer = 0;
  let asked = "";

  async function ask() {
    const typed = input.value.trim();
    asked = typed;
    if (typed.length < 2) return close(input, list);
    const response = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    // A slow answer to what is no longer typed is no answer.
    if (!response?.ok || asked !== typed || document.activeElement !== input) return;
    list.innerHTML = await response.text();
    [...list.children].forEach((option, at) => (option.id = `${list.id}-${at}`));
    list.children.length ? open(field, input, list) : close(input, list);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => key(event, input, list));
  input.addEventListener("blur", () => setTimeout(() => close(input, list), WAIT));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option) go(option);
  });
}

/**
 * @param {HTMLElement} field
 * @param {HTMLInputElement} input
 */
function made(field, input) {
  const list = document.createElement("ul");
  list.id = `suggestions-${lists++}`;
  list.className = "guide-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.closest("form")?.querySelector("label")?.textContent ?? "");
  list.hidden = true;
  field.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);
  return list;
}

/**
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 */
function key(event, input, list) {
  if (list.hidden) return;
  const options = [...list.children];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") close(input, list);
  else if (event.key === "ArrowDown") choose(input, options, at + 1 < options.length ? at + 1 : -1);
  else if (event.key === "ArrowUp") choose(input, options, at < 0 ? options.length - 1 : at - 1);
  else if (event.key === "Enter" && at >= 0) go(options[at]);
  else return;
  event.preventDefault();
}

/**
 * @param {HTMLInputElement} input
 * @param {Element[]} options
 * @param {number} chosen -1 for what is typed
 */
function choose(input, options, chosen) {
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
  if (chosen < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", options[chosen].id);
}

/** @param {Element} option */
const go = (option) => location.assign(/** @type {HTMLElement} */ (option).dataset.address ?? "");

/**
 * @param {HTMLElement} field
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 */
function open(field, input, list) {
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  choose(input, [...list.children], -1);
  const line = document.getElementById("announcer");
  if (line) line.textContent = (field.dataset.many ?? "").replace("{count}", String(list.children.length));
}

/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 */
function close(input, list) {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
