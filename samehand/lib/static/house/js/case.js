/** The case page: the newest message in sight, and what the reader has not seen yet is never taken as seen. */

function besideInSight() {
  const row = /** @type {HTMLElement | null} */ (document.querySelector(".beside [aria-current]"));
  if (row?.checkVisibility()) row.scrollIntoView({ block: "nearest" });
}

function toTheEnd() {
  const trouble = document.querySelector(".composer [role=alert]");
  if (trouble) trouble.scrollIntoView({ block: "nearest" });
  if (location.hash || trouble) return;
  const entries = document.querySelectorAll(".stream > li");
  if (entries.length > 2) entries[entries.length - 1].scrollIntoView({ block: "end" });
}

/**
 * A message that came by the live line counts as seen when it has been in sight, not when it was put on the page.
 * @param {IntersectionObserverEntry[]} changes
 */
function saw(changes) {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("seen"));
  if (!field || document.hidden) return;
  for (const change of changes) {
    const id = Number(change.target.id.slice(2));
    if (change.isIntersecting && id > Number(field.value)) field.value = String(id);
  }
}

const eyes = new IntersectionObserver(saw, { threshold: 0.25 });

function follow() {
  eyes.disconnect();
  for (const entry of document.querySelectorAll(".stream > .entry:not([data-elsewhere])")) eyes.observe(entry);
}

/**
 * The live line renews the head of the page and with it what was "seen": what counts is what the reader saw.
 * @param {Event} event
 */
function tellSeen(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const seen = /** @type {HTMLInputElement | null} */ (document.getElementById("seen"));
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector('input[name="seen"]'));
  if ("needsSeen" in form.dataset && seen && field) field.value = seen.value;
}

/** @param {Event} event */
function chosenFiles(event) {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || input.type !== "file") return;
  const button = input.parentElement?.querySelector(".button");
  const names = [...(input.files ?? [])].map((file) => file.name).join(", ");
  if (button) button.lastChild?.replaceWith(names ? names.slice(0, 60) : input.dataset.word ?? "");
}

export function casePage() {
  if (document.body.dataset.page !== "case") return;
  besideInSight();
  toTheEnd();
  follow();
  document.addEventListener("htmx:afterSettle", follow);
  for (const input of document.querySelectorAll('input[type="file"]')) {
    const word = input.parentElement?.querySelector(".button")?.lastChild?.textContent ?? "";
    /** @type {HTMLElement} */ (input).dataset.word = word;
  }
  document.addEventListener("change", chosenFiles);
  document.addEventListener("submit", tellSeen, true);
}
