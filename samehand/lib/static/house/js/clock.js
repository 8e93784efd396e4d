/**
 * Promises tick: minutes left, the ring, and the change to "at risk" and "broken", each in words.
 * An element: <time class="promise" data-due data-risk data-minutes data-state>, see parts/promise.html.
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * @param {number} minutes
 * @returns {string} "12 min", "2 h 10 min", "3 days"
 */
export function span(minutes) {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours >= 48) return (document.body.dataset.days ?? "{days} d").replace("{days}", String(Math.floor(hours / 24)));
  if (hours && rest) return `${hours} h ${rest} min`;
  return hours ? `${hours} h` : `${minutes} min`;
}

/**
 * @param {HTMLElement} promise
 * @param {number} now milliseconds
 */
export function draw(promise, now) {
  const due = Date.parse(promise.dataset.due ?? "");
  if (Number.isNaN(due)) return;
  const left = due - now;
  const state = left < 0 ? "broken" : now >= Date.parse(promise.dataset.risk ?? "") ? "at_risk" : "open";
  const words = document.body.dataset;
  const said = left < 0
    ? (words.late ?? "{span}").replace("{span}", span(Math.max(1, Math.floor(-left / MINUTE))))
    : span(Math.ceil(left / MINUTE));
  write(promise, ".promise-left", said);
  write(promise, ".promise-word", state === "at_risk" ? words.atRisk : state === "broken" ? words.broken : "");
  const whole = Number(promise.dataset.minutes ?? 30) * MINUTE;
  const share = Math.round(Math.max(0, Math.min(1, left / whole)) * 100);
  promise.querySelector(".promise-ring circle:last-child")?.setAttribute("stroke-dasharray", `${share} 100`);
  if (promise.dataset.state !== state) promise.dataset.state = state;
}

/**
 * @param {HTMLElement} inside
 * @param {string} selector
 * @param {string | undefined} words
 */
function write(inside, selector, words) {
  const place = inside.querySelector(selector);
  if (place && place.textContent !== (words ?? "")) place.textContent = words ?? "";
}

function drawAll() {
  const now = Date.now();
  for (const promise of document.querySelectorAll(".promise[data-due]")) draw(/** @type {HTMLElement} */ (promise), now);
}

export function clock() {
  drawAll();
  setInterval(drawAll, 5 * SECOND);
  document.addEventListener("visibilitychange", () => document.hidden || drawAll());
  document.addEventListener("htmx:afterSettle", drawAll);
}
