/**
 * The roster: arrows walk from day to day and from person to person, Enter opens, Esc closes and gives the focus back.
 * Without this script every day is a page of its own.
 */

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("roster-dialog"));
const panel = /** @type {HTMLElement} */ (document.getElementById("roster-panel"));
const table = /** @type {HTMLTableElement} */ (document.querySelector(".roster"));
/** @type {HTMLElement | null} */
let opener = null;

/** @returns {HTMLElement[][]} */
function grid() {
  return [...table.tBodies[0].rows].map((row) => /** @type {HTMLElement[]} */ ([...row.querySelectorAll(".roster-cell")]));
}

/** Only one day is reached by Tab; the arrows lead to the others. */
function onlyOneStop() {
  const cells = grid().flat();
  const today = table.querySelector("th[data-today]");
  const column = today instanceof HTMLTableCellElement ? today.cellIndex - 1 : 0;
  cells.forEach((cell, index) => (cell.tabIndex = index === column ? 0 : -1));
}

/** @param {HTMLElement} to */
function walk(to) {
  table.querySelector('.roster-cell[tabindex="0"]')?.setAttribute("tabindex", "-1");
  to.tabIndex = 0;
  to.focus();
  to.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {KeyboardEvent} event */
function arrows(event) {
  if (!(event.target instanceof HTMLElement) || !event.target.matches(".roster-cell")) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const cells = grid();
  const row = cells.findIndex((line) => line.includes(/** @type {HTMLElement} */ (event.target)));
  const column = cells[row].indexOf(event.target);
  /** @type {Record<string, [number, number]>} */
  const steps = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, 6],
    PageUp: [Math.max(0, row - 8), column],
    PageDown: [Math.min(cells.length - 1, row + 8), column],
  };
  const step = steps[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const to = cells[step[0]]?.[step[1]];
  if (to) walk(to);
}

onlyOneStop();
table.addEventListener("keydown", arrows);
table.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLElement && event.target.matches(".roster-cell")) walk(event.target);
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target !== panel) return;
  if (!dialog.open) {
    opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    dialog.showModal();
  }
  const first = panel.querySelector("[autofocus], .notice a, details[open] input:not([type=hidden]), input:not([type=hidden])");
  if (first instanceof HTMLElement) first.focus();
});
dialog.addEventListener("close", () => {
  panel.replaceChildren();
  opener?.focus();
});
panel.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest(".roster-close, [data-cancel]:not([hx-get])") : null;
  if (!link) return;
  event.preventDefault();
  dialog.close();
});
dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
