/**
 * Signs of whoever sits before the page: while it is to be seen, and with every key and click, but not more often than
 * every thirty seconds. The desk gives her mails as long as there are signs.
 */

const EVERY = 30_000;
let toldAt = 0;

/** @param {string} address */
function sign(address) {
  const token = /** @type {HTMLInputElement | null} */ (document.querySelector('input[name="csrfmiddlewaretoken"]'));
  if (!token || Date.now() - toldAt < EVERY) return;
  toldAt = Date.now();
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token.value } }).catch(() => {
    // Not connected: the page says so already, and the next sign is soon.
    toldAt = 0;
  });
}

export function presence() {
  const address = document.body.dataset.here;
  if (!address) return;
  const seen = () => document.visibilityState === "visible" && sign(address);
  seen();
  setInterval(seen, EVERY);
  document.addEventListener("visibilitychange", seen);
  for (const act of ["keydown", "pointerdown"]) document.addEventListener(act, () => sign(address), { passive: true });
}
