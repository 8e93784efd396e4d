/** Buttons that copy: <button data-copies="internet" data-copied="Copied" hidden>. Shown only where copying works. */

for (const button of document.querySelectorAll("[data-copies]")) {
  if (navigator.clipboard) begin(/** @type {HTMLButtonElement} */ (button));
}

/** @param {HTMLButtonElement} button */
function begin(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copies ?? "");
    } catch {
      // The browser forbids it: the value can still be marked by hand.
      return;
    }
    button.dataset.done = "";
    const line = document.getElementById("announcer");
    if (line) line.textContent = button.dataset.copied ?? "";
    setTimeout(() => delete button.dataset.done, 1500);
  });
}
