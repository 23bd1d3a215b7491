// The prices on a page: which it shows, and a short glow where one has changed.
const PRICES = "[id^='price-'], #asset-price .big, [id^='holding-'] td:last-child, #worth-figure .big a, #portfolio .big";
const GLOW = 1200;

// Ids of the assets whose prices the page depends on, each with the time of the price that it shows.
export function shownPrices() {
  const prices = new Map();
  for (const element of document.querySelectorAll("[data-prices]")) {
    for (const entry of element.dataset.prices.split(" ").filter(Boolean)) {
      const [assetId, at] = entry.split("=");
      prices.set(assetId, at);
    }
  }
  return prices;
}

function texts() {
  return [...document.querySelectorAll(PRICES)].map((element) => element.textContent.trim());
}

// A refresh keeps the order of what is shown, so that prices before and after it are compared by their place.
export function glowWhereChanged() {
  let before = texts();
  let isWaiting = false;
  const compare = () => {
    isWaiting = false;
    const now = [...document.querySelectorAll(PRICES)];
    now.forEach((element, place) => {
      if (now.length === before.length && element.textContent.trim() !== before[place]) {
        element.classList.add("changed");
        setTimeout(() => element.classList.remove("changed"), GLOW);
      }
    });
    before = texts();
  };
  for (const name of ["htmx:oobAfterSwap", "htmx:afterSettle"]) {
    document.addEventListener(name, () => {
      if (!isWaiting) requestAnimationFrame(compare);
      isWaiting = true;
    });
  }
}
