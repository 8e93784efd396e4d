/**
 * Words that one click puts into a field, where the cursor stands or at its end:
 * <button type="button" data-insert="id-of-the-field" data-words="...">. With data-solution the form tells which
 * solution of the guide they are.
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

export function inserting() {
  document.addEventListener("click", insert);
}
