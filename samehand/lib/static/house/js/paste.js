/**
 * A picture that is pasted into an answer becomes one of its files, and its name in brackets marks the place where it
 * stands. A field that takes pictures: <textarea data-pictures> in a form with <input type="file" multiple>.
 */

/**
 * @param {HTMLTextAreaElement} field
 * @param {HTMLInputElement} input
 * @param {File[]} pictures
 */
function take(field, input, pictures) {
  const files = new DataTransfer();
  for (const file of input.files ?? []) files.items.add(file);
  for (const picture of pictures) {
    const ending = picture.type.split("/")[1].replace("jpeg", "jpg");
    const name = `${field.dataset.pictures}-${files.files.length + 1}.${ending}`;
    files.items.add(new File([picture], name, { type: picture.type }));
    field.setRangeText(`[${name}]`, field.selectionStart, field.selectionEnd, "end");
  }
  input.files = files.files;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

export function pasting() {
  for (const field of /** @type {NodeListOf<HTMLTextAreaElement>} */ (document.querySelectorAll("textarea[data-pictures]"))) {
    field.addEventListener("paste", (event) => {
      const input = /** @type {HTMLInputElement | null} */ (field.form?.querySelector('input[type="file"]') ?? null);
      const pictures = [...(event.clipboardData?.files ?? [])].filter((file) => /^image\/(png|jpeg|gif|webp)$/.test(file.type));
      if (!input || !pictures.length) return;
      event.preventDefault();
      take(field, input, pictures);
    });
  }
}
