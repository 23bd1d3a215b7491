// A refresh replaces nothing that holds the keyboard's focus: it would throw the reader back to the top of the page.
function isHeld(element) {
  return Boolean(element?.querySelector(":focus-visible"));
}

export function holdStillUnderFocus() {
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const replacesNothing = detail.requestConfig.elt.getAttribute("hx-swap") === "none";
    if (!replacesNothing && isHeld(detail.target)) detail.shouldSwap = false;
  });
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (isHeld(detail.target)) detail.shouldSwap = false;
  });
}
