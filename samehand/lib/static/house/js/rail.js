/** On a narrow screen the lists are a strip that scrolls sideways: the current one is in sight, also after a refresh. */

function currentInSight() {
  const rail = document.getElementById("rail");
  const current = /** @type {HTMLElement | null | undefined} */ (rail?.querySelector("[aria-current]"));
  if (!rail || !current || rail.scrollWidth <= rail.clientWidth) return;
  const beyond = current.getBoundingClientRect().right - rail.getBoundingClientRect().right;
  if (beyond > 0) rail.scrollLeft += beyond + 16;
}

export function rail() {
  let scrolled = 0;
  currentInSight();
  document.addEventListener("htmx:beforeSwap", () => (scrolled = document.getElementById("rail")?.scrollLeft ?? 0));
  document.addEventListener("htmx:afterSwap", () => {
    const drawn = document.getElementById("rail");
    if (drawn && drawn.scrollLeft !== scrolled) drawn.scrollLeft = scrolled;
  });
}
