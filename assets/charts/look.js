// Colours and type of the page, resolved for the theme that is on, and whether the reader hides amounts.
const COLOURS = ["ink", "muted", "line", "raised", "ground", "accent", "wash", "gain", "loss"];

export function look() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colours = {};
  for (const name of COLOURS) {
    // The computed value of a custom property still says light-dark(); that of a colour does not.
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  const { fontFamily } = getComputedStyle(probe);
  probe.remove();
  return { colours, fontFamily, hidesAmounts: document.documentElement.dataset.privacy === "on" };
}

export function whenLookChanges(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, {
    attributeFilter: ["data-theme", "data-privacy"],
  });
}
