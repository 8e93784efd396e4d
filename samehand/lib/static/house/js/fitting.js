// While somebody writes to us, articles that fit stand beside it. They never stand in the way: Send is always there.

const WAIT = 700;

/** @param {HTMLFormElement} form `data-hints` is where articles come from */
export function fitting(form) {
  const box = form.querySelector("#fitting");
  const files = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file][data-most]"));
  let timer = 0;
  let last = "";

  async function look() {
    const words = new URLSearchParams();
    for (const name of ["about", "text"]) words.set(name, field(form, name).slice(0, 400));
    if (!box || words.toString() === last || (words.get("text") ?? "").trim().length < 8) return;
    last = words.toString();
    const response = await fetch(form.dataset.hints ?? "", { method: "POST", body: words }).catch(() => null);
    if (response?.ok && words.toString() === last) box.innerHTML = await response.text();
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  files?.addEventListener("change", () => weigh(files));
  // A second click while the first one travels would be the same message: it need not be sent at all.
  form.addEventListener("submit", () => form.setAttribute("aria-busy", "true"));
  form.addEventListener("click", (event) => {
    const again = form.ariaBusy === "true" && event.target instanceof Element && event.target.closest("button");
    if (again) event.preventDefault();
  });
  addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
const field = (form, name) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name))?.value ?? "";

/** @param {HTMLInputElement} input */
function weigh(input) {
  const total = [...(input.files ?? [])].reduce((sum, file) => sum + file.size, 0);
  input.setCustomValidity(total > Number(input.dataset.most) ? (input.dataset.tooLarge ?? "") : "");
  input.reportValidity();
}
