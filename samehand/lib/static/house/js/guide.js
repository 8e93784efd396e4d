/** The guide: suggestions under search fields, what was read, and articles that fit a letter. Pages work without. */
import { fitting } from "./fitting.js";
import { remember, show } from "./reading.js";
import { suggest } from "./suggest.js";

for (const field of document.querySelectorAll("[data-suggest]")) suggest(/** @type {HTMLElement} */ (field));
const article = /** @type {HTMLElement | null} */ (document.querySelector("[data-problem]"));
if (article) remember(article);
const read = /** @type {HTMLElement | null} */ (document.querySelector("#read"));
if (read) show(read);
const letter = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-hints]"));
if (letter) fitting(letter);
