/**
 * The live line of the desk: hears what happened, fetches again the pieces of the page that it concerns, says what is
 * new to screen readers, and tells when it is not connected. A piece: hx-get, hx-trigger="house:refresh" and
 * data-follows="all | mine | customer | mail" ("mail": mailboxes and the ledger), "sent" (what leaves), "notices".
 * What costs much says data-pace: it is fetched again at most once in so many milliseconds.
 */

const SOON = 80;
const AT_MOST_EVERY = 600;
const LOST_AFTER = 2500;
const TRY_AGAIN = 3000;

/** @typedef {{case: number | null, kind: string, staff: number | null, customer: number | null}} Happened */

/** @type {Set<Element>} */
const stale = new Set();
/** @type {WeakMap<Element, number>} */
const fetched = new WeakMap();
/** @type {WeakSet<Element>} */
const waits = new WeakSet();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let planned;
let refreshedAt = 0;
let last = "";
let wasLost = false;
/** @type {EventSource | undefined} */
let line;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let losing;

/** @returns {HTMLElement[]} */
function pieces() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-follows]")]);
}

/**
 * @param {HTMLElement} piece
 * @param {Happened} event
 */
function concerns(piece, event) {
  const me = document.body.dataset.staff;
  if (piece.dataset.follows === "mine") {
    return String(event.staff) === me || piece.querySelector(`[data-case="${event.case}"]`) !== null;
  }
  if (piece.dataset.follows === "mail") return /^(mailbox|mail|arrival)\./.test(event.kind);
  if (piece.dataset.follows === "sent") return /^(delivery\.|case\.answered)/.test(event.kind);
  if (piece.dataset.follows === "notices") return /^notice\./.test(event.kind);
  if (piece.dataset.follows !== "customer") return true;
  return String(event.case) === piece.dataset.case || (event.customer !== null && String(event.customer) === piece.dataset.customer);
}

/** @param {Iterable<Element>} which */
function refresh(which) {
  for (const piece of which) {
    const pace = Number(/** @type {HTMLElement} */ (piece).dataset.pace);
    if (pace) later(piece, pace);
    else stale.add(piece);
  }
  if (!stale.size || planned) return;
  planned = setTimeout(run, Math.max(SOON, refreshedAt + AT_MOST_EVERY - Date.now()));
}

/**
 * @param {Element} piece
 * @param {number} pace
 */
function later(piece, pace) {
  if (waits.has(piece)) return;
  waits.add(piece);
  setTimeout(() => {
    waits.delete(piece);
    fetched.set(piece, Date.now());
    if (piece.isConnected) piece.dispatchEvent(new CustomEvent("house:refresh"));
  }, Math.max(SOON, (fetched.get(piece) ?? 0) + pace - Date.now()));
}

function run() {
  planned = undefined;
  refreshedAt = Date.now();
  for (const piece of stale) if (piece.isConnected) piece.dispatchEvent(new CustomEvent("house:refresh"));
  stale.clear();
}

function lost() {
  losing ??= setTimeout(() => {
    wasLost = true;
    say("lost");
  }, LOST_AFTER);
}

function back() {
  clearTimeout(losing);
  losing = undefined;
  if (!wasLost) return;
  wasLost = false;
  say("back");
  setTimeout(() => wasLost || say(""), 4000);
  refresh(pieces());
}

/** @param {string} state */
function say(state) {
  const place = document.getElementById("connection");
  if (!place) return;
  place.dataset.state = state;
  place.textContent = place.dataset[state] ?? "";
}

function entitle() {
  const title = /** @type {HTMLElement | null} */ (document.querySelector("[data-title]"))?.dataset.title;
  if (title) document.title = title;
}

/** What has appeared since, in one sentence for those who hear the page. */
function announce() {
  const fresh = [...document.querySelectorAll("[data-fresh]")];
  if (!fresh.length) return;
  const words = fresh[0].closest("[data-new-words]")?.getAttribute("data-new-words") ?? "";
  const names = fresh.map((item) => item.querySelector(".case-customer, article")).filter((item) => item !== null);
  const told = names.map((item) => item.getAttribute("aria-label") ?? item.textContent?.trim()).slice(0, 3);
  const announcer = document.getElementById("announcer");
  if (announcer) announcer.textContent = `${words} ${told.join(", ")}`;
  setTimeout(() => fresh.forEach((item) => item.removeAttribute("data-fresh")), 1000);
}

/** @param {string} address */
function connect(address) {
  const from = last ? `since=${last}&lost` : `since=${document.body.dataset.since ?? ""}`;
  const opened = new EventSource(`${address}?${from}`);
  line = opened;
  line.addEventListener("open", back);
  line.addEventListener("case", (message) => {
    last = message.lastEventId || last;
    back();
    const event = /** @type {Happened} */ (JSON.parse(message.data));
    refresh(pieces().filter((piece) => concerns(piece, event)));
  });
  line.addEventListener("refresh", () => refresh(pieces()));
  line.addEventListener("bye", () => location.reload());
  line.addEventListener("error", () => {
    lost();
    // The browser tries again by itself, except after an answer that is no stream.
    if (opened.readyState === EventSource.CLOSED) setTimeout(() => connect(address), TRY_AGAIN);
  });
  addEventListener("pagehide", () => opened.close(), { once: true });
}

export function live() {
  const address = document.body.dataset.live;
  if (!address) return;
  connect(address);
  addEventListener("offline", lost);
  addEventListener("online", () => line?.readyState === EventSource.OPEN && back());
  // A page brought back from the browser's cache has lost its line and may be old.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    connect(address);
    refresh(pieces());
  });
  document.addEventListener("htmx:afterSettle", entitle);
  document.addEventListener("htmx:afterSettle", announce);
}
