/**
 * Keys of the desk. Single letters act only outside of fields and never with Ctrl, Alt, AltGr or Meta (AltGr writes
 * Polish letters); they can be switched off. An element with data-key="r" is what R presses or focuses.
 */

const SWITCH = "samehand.keys";
const ROWS = ".case-row";

/** @returns {boolean} */
function on() {
  return localStorage.getItem(SWITCH) !== "off";
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean} whether letters typed there are text
 */
function types(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["radio", "checkbox", "button", "submit", "file"].includes(target.type);
}

/** @param {number} step */
function move(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility()));
  if (!rows.length) return;
  const at = rows.findIndex((row) => row === document.activeElement);
  const opened = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const from = at >= 0 ? at : opened >= 0 ? opened : step > 0 ? -1 : rows.length;
  const next = rows[Math.max(0, Math.min(rows.length - 1, from + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** @param {string} key */
function press(key) {
  const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const target = /** @type {HTMLElement | undefined} */ (found.find((one) => one instanceof HTMLElement && one.checkVisibility()));
  if (!target) return false;
  if (target instanceof HTMLLabelElement) write(target);
  else if (types(target)) target.focus();
  else target.click();
  return true;
}

/**
 * Turn the composer to this tab and put the cursor into its field.
 * @param {HTMLLabelElement} tab
 */
function write(tab) {
  const input = tab.querySelector("input");
  if (!input) return;
  input.checked = true;
  document.getElementById(`${input.value}-text`)?.focus();
}

/** @param {KeyboardEvent} event */
function letters(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.getModifierState("AltGraph")) return;
  if (event.isComposing || types(event.target) || document.querySelector("dialog[open], [popover]:popover-open")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
  const arrow = key.startsWith("Arrow");
  if (!on() && !arrow) return;
  // Arrows scroll a case; in a list, where a row has or may take the focus, they walk.
  if (arrow && document.body.dataset.page !== "list" && !document.activeElement?.matches(ROWS)) return;
  if (arrow && document.activeElement instanceof HTMLInputElement) return;
  if (step) {
    move(step);
    event.preventDefault();
  } else if (key.length === 1 && press(key)) event.preventDefault();
}

/** @param {KeyboardEvent} event */
function everywhere(event) {
  const field = event.target;
  if (!(field instanceof HTMLElement)) return;
  const form = field.closest("form[data-composer]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form instanceof HTMLFormElement) {
    form.requestSubmit(/** @type {HTMLButtonElement | null} */ (form.querySelector("[data-send]")));
    event.preventDefault();
  }
  if (event.key === "Escape" && types(field)) field.blur();
}

function composer() {
  for (const tab of document.querySelectorAll(".composer-tabs label")) {
    tab.addEventListener("pointerup", () => setTimeout(() => write(/** @type {HTMLLabelElement} */ (tab))));
  }
}

export function keys() {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector('input[data-switch="keys"]'));
  if (box) {
    box.checked = on();
    box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  }
  for (const opener of document.querySelectorAll("[data-opens]")) {
    const dialog = document.getElementById(opener.getAttribute("data-opens") ?? "");
    if (dialog instanceof HTMLDialogElement) opener.addEventListener("click", () => dialog.showModal());
  }
  for (const hidden of document.querySelectorAll(".needs-script")) hidden.removeAttribute("hidden");
  composer();
  document.addEventListener("keydown", everywhere);
  document.addEventListener("keydown", letters);
}
