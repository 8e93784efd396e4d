/**
 * An htmx way to swap: what is unchanged stays as it is (focus, open folds, frames), new pieces come, old ones go.
 * Inside the swapped element, children with data-merge are replaced when their text differs, lists with
 * data-merge-list keep every item whose data-version is the same. Everything that takes part has an id.
 */

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function mergeList(old, fresh) {
  const known = new Map([...old.children].map((item) => [item.id, item]));
  const focused = document.activeElement?.id;
  let at = old.firstElementChild;
  for (const item of [...fresh.children]) {
    const kept = known.get(item.id);
    known.delete(item.id);
    const same = kept && kept.getAttribute("data-version") === item.getAttribute("data-version");
    const piece = same ? kept : item;
    if (!same) kept ? reopen(kept, item) : item.setAttribute("data-fresh", "");
    if (piece === at) at = at.nextElementSibling;
    else old.insertBefore(piece, at);
    if (kept && !same) {
      if (kept === at) at = at.nextElementSibling;
      kept.remove();
    }
  }
  for (const gone of known.values()) gone.remove();
  refocus(focused);
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function reopen(old, fresh) {
  const folds = fresh.querySelectorAll("details");
  old.querySelectorAll("details").forEach((fold, index) => folds[index] && (folds[index].open = fold.open));
}

/** @param {string | undefined} id */
function refocus(id) {
  if (id && document.activeElement?.id !== id) document.getElementById(id)?.focus({ preventScroll: true });
}

/**
 * @param {Element} old
 * @param {Element} fresh
 */
function mergeParts(old, fresh) {
  const focused = document.activeElement?.id;
  const wanted = [...fresh.children];
  const ids = new Set(wanted.map((part) => part.id));
  for (const part of [...old.children]) if (!ids.has(part.id)) part.remove();
  let at = old.firstElementChild;
  for (const part of wanted) {
    const kept = [...old.children].find((one) => one.id === part.id);
    if (!kept) old.insertBefore(part, at);
    else {
      mergeOne(kept, part);
      at = [...old.children].find((one) => one.id === part.id)?.nextElementSibling ?? null;
    }
  }
  refocus(focused);
}

/**
 * @param {Element} kept
 * @param {Element} part
 */
function mergeOne(kept, part) {
  if (kept.hasAttribute("data-merge-list")) return mergeList(kept, part);
  const [inner, freshInner] = [kept.querySelector("[data-merge-list]"), part.querySelector("[data-merge-list]")];
  if (inner && freshInner) {
    kept.querySelector("h2")?.replaceWith(part.querySelector("h2") ?? "");
    return mergeList(inner, freshInner);
  }
  if (kept.outerHTML !== part.outerHTML) kept.replaceWith(part);
}

export function merging() {
  const htmx = /** @type {any} */ (window).htmx;
  htmx?.defineExtension("merge", {
    /** @param {string} style */
    isInlineSwap: (style) => style === "merge",
    /**
     * @param {string} style
     * @param {Element} target
     * @param {DocumentFragment} fragment
     */
    handleSwap(style, target, fragment) {
      if (style !== "merge") return false;
      const fresh = fragment.firstElementChild;
      if (fresh) mergeParts(target, fresh);
      htmx.process(target);
      return [target];
    },
  });
}
