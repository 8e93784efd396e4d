// Which articles were read lies in this browser alone, for a day. The contact form shows the list before it is sent, and
// whoever writes takes out of it what she likes.

const KEY = "samehand-read";
const DAY = 24 * 3600 * 1000;
const MOST = 20;

/** @typedef {{problem: string, title: string, at: string, query: string}} Read */

/** @returns {Read[]} */
function list() {
  try {
    const kept = /** @type {Read[]} */ (JSON.parse(localStorage.getItem(KEY) ?? "[]"));
    return kept.filter((one) => Date.now() - Date.parse(one.at) < DAY);
  } catch {
    return [];
  }
}

/** @param {Read[]} read */
function keep(read) {
  try {
    localStorage.setItem(KEY, JSON.stringify(read.slice(-MOST)));
  } catch {
    // Storage is off or full: then nobody is told what was read.
  }
}

/** @param {HTMLElement} article */
export function remember(article) {
  const problem = article.dataset.problem ?? "";
  const title = article.querySelector("h1")?.textContent?.trim() ?? problem;
  const read = { problem, title, at: new Date().toISOString(), query: article.dataset.query ?? "" };
  keep([...list().filter((one) => one.problem !== problem), read]);
}

/** @param {HTMLElement} box the contact form's list, which may hold what the address named */
export function show(box) {
  const rows = box.querySelector("ul");
  if (!rows) return;
  const there = [...rows.querySelectorAll("input")].map((input) => JSON.parse(input.value).problem);
  // A form that came back says itself what was left ticked.
  if (!document.querySelector("form[data-hints] [aria-invalid]")) {
    for (const one of list()) if (!there.includes(one.problem)) rows.append(row(one));
  }
  box.hidden = rows.children.length === 0;
}

/** @param {Read} one */
function row({ title, ...read }) {
  const [item, label, input] = ["li", "label", "input"].map((name) => document.createElement(name));
  label.className = "choice";
  Object.assign(input, { type: "checkbox", name: "read", value: JSON.stringify(read), checked: true });
  input.addEventListener("change", () => {
    if (!(/** @type {HTMLInputElement} */ (input).checked)) keep(list().filter((kept) => kept.problem !== read.problem));
  });
  label.append(input, ` ${title}`);
  item.append(label);
  return item;
}
