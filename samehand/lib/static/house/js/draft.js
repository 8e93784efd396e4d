/**
 * What is typed is kept in this browser at every pause and when the field is left; it goes when the server says that
 * it was sent (`?sent=reply`). A field: <textarea data-draft="12-reply">; beside it .draft-state tells.
 */

const PAUSE = 400;
const PREFIX = "samehand.draft.";

/** @param {HTMLTextAreaElement} field */
function key(field) {
  return `${PREFIX}${document.body.dataset.staff ?? ""}.${field.dataset.draft}`;
}

/** @param {HTMLTextAreaElement} field */
function keep(field) {
  try {
    if (field.value.trim()) localStorage.setItem(key(field), field.value);
    else localStorage.removeItem(key(field));
    tell(field, field.value.trim() ? (navigator.onLine ? "kept" : "lost") : "");
  } catch {
    // The browser's store is full or forbidden: the text is still in the field.
  }
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} state
 */
function tell(field, state) {
  const place = /** @type {HTMLElement | null} */ (field.form?.querySelector(".draft-state"));
  if (place) place.textContent = (state && place.dataset[state]) || "";
}

/** The server has what was written: its draft is done. */
function forgetSent() {
  const address = new URL(location.href);
  const sent = address.searchParams.get("sent");
  if (!sent) return;
  for (const field of document.querySelectorAll(`textarea[data-draft$="-${CSS.escape(sent)}"]`)) {
    localStorage.removeItem(key(/** @type {HTMLTextAreaElement} */ (field)));
  }
  address.searchParams.delete("sent");
  history.replaceState(null, "", address);
}

/** @param {HTMLTextAreaElement} field */
function follow(field) {
  const before = localStorage.getItem(key(field));
  // What the server brings back after a refusal is newer than the draft.
  if (!field.value && before) {
    field.value = before;
    tell(field, "kept");
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => keep(field), PAUSE);
  });
  field.addEventListener("blur", () => keep(field));
  addEventListener("pagehide", () => keep(field));
}

export function drafts() {
  forgetSent();
  for (const field of document.querySelectorAll("textarea[data-draft]")) {
    follow(/** @type {HTMLTextAreaElement} */ (field));
  }
}
