/**
 * Words that one click puts into a field, where the cursor stands or at its end:
 * <button type="button" data-insert="id-of-the-field" data-words="...">.
 */

/** @param {MouseEvent} event */
function insert(event) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-insert]"));
  const field = button && document.getElementById(button.dataset.insert ?? "");
  if (!button || !(field instanceof HTMLTextAreaElement)) return;
  const before = field.value.slice(0, field.selectionStart);
  const apart = before && !before.endsWith("\n") ? "\n\n" : "";
  field.setRangeText(`${apart}${button.dataset.words}\n`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

export function inserting() {
  document.addEventListener("click", insert);
}
