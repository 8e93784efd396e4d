/** Says a slider's value beside it, also when htmx has put in a new piece of the page. */

document.addEventListener("input", (event) => {
  const slider = event.target;
  if (!(slider instanceof HTMLInputElement) || slider.type !== "range") return;
  const said = slider.parentElement?.querySelector("output[data-slider]");
  if (said) said.textContent = slider.value;
});
