/**
 * Light, dark or as the system says; a cookie, so that the server draws the first paint right.
 */

const YEAR = 31_536_000;

/** @returns {string} "light", "dark" or "" for the system's choice */
function chosen() {
  return document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1] ?? "";
}

/** @param {string} choice */
function choose(choice) {
  document.cookie = `theme=${choice}; path=/; max-age=${choice ? YEAR : 0}; samesite=lax`;
  if (choice) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
}

export function theme() {
  const box = document.querySelector('[data-switch="theme"]');
  if (!box) return;
  for (const input of box.querySelectorAll("input")) {
    input.checked = input.value === chosen();
    input.addEventListener("change", () => choose(input.value));
  }
}
