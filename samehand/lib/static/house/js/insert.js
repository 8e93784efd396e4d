/**
 * Words that one click puts into a field, where the cursor stands or at its end:
 * <button type="button" class="button needs-script" data-insert="id-of-the-field" data-words="..." hidden>.
 * With data-solution the form tells which solution of the guide they are.
 */

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} solution
 */
function mark(field, solution) {
  const told = document.createElement("input");
  [told.type, told.name, told.value] = ["hidden", "inserted", solution];
  field.form?.append(told);
}

/** @param {MouseEvent} event */
function insert(event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-insert]"));
  const field = button && document.getElementById(button.dataset.insert ?? "");
  if (!button || !(field instanceof HTMLTextAreaElement)) return;
  const before = field.value.slice(0, field.selectionStart);
  const apart = before && !before.endsWith("\n") ? "\n\n" : "";
  field.setRangeText(`${apart}${button.dataset.words}\n`, field.selectionStart, field.selectionEnd, "end");
  if (button.dataset.solution) mark(field, button.dataset.solution);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

/** What came with a new piece of the page works as well, so it is shown. */
function show() {
  for (const hidden of document.querySelectorAll("[data-insert].needs-script")) hidden.removeAttribute("hidden");
}

export function inserting() {
  show();
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("click", insert);
}
