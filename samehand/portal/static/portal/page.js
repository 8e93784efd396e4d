// The customer's page keeps itself fresh while somebody looks at it, and tells about too large files before they travel.
// Without this module everything works by loading the page again.

const EVERY = 30_000;

/** Take over the promise and the conversation from a fresh copy of the page; the form and what is typed in it stay. */
async function refresh() {
  if (document.hidden) return;
  const response = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!response?.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const said = takeOver(fresh, "#promise");
  takeOver(fresh, "#talk");
  if (said) announce(said.querySelector("h1")?.textContent ?? "");
}

/**
 * @param {Document} fresh
 * @param {string} selector
 * @returns {Element | null} the new piece, if it says something else than the old one
 */
function takeOver(fresh, selector) {
  const [before, after] = [document.querySelector(selector), fresh.querySelector(selector)];
  if (!before || !after || words(before) === words(after)) return null;
  before.replaceWith(document.adoptNode(after));
  return after;
}

/** @param {Element} piece */
const words = (piece) => (piece.textContent ?? "").replace(/\s+/g, " ").trim();

/** @param {string} text */
function announce(text) {
  const line = document.getElementById("announcer");
  if (line) line.textContent = text;
}

/** @param {HTMLInputElement} input */
function weigh(input) {
  const total = [...(input.files ?? [])].reduce((sum, file) => sum + file.size, 0);
  input.setCustomValidity(total > Number(input.dataset.most) ? (input.dataset.tooLarge ?? "") : "");
  input.reportValidity();
}

const files = /** @type {HTMLInputElement | null} */ (document.querySelector("input[type=file][data-most]"));
files?.addEventListener("change", () => weigh(files));
// A second click while the first one travels would be the same message: it need not be sent at all.
const form = document.querySelector("#reply form");
form?.addEventListener("submit", () => form.querySelector("button")?.setAttribute("aria-disabled", "true"));
form?.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[aria-disabled=true]")) event.preventDefault();
});
addEventListener("pageshow", () => form?.querySelector("button")?.removeAttribute("aria-disabled"));
setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", refresh);
