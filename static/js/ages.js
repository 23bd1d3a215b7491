// Keeps "prices 4 s old" true while the page stays open. Units as in core/presentation/moments.py.
const UNITS = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
const EVERY = 5000;

export function ageText(seconds) {
  const [size, unit] = UNITS.find(([size]) => seconds >= size) ?? UNITS.at(-1);
  return `${Math.max(0, Math.floor(seconds / size))} ${unit}`;
}

export function watchAges() {
  setInterval(() => {
    for (const element of document.querySelectorAll("time[data-age]")) {
      element.textContent = ageText((Date.now() - Date.parse(element.dateTime)) / 1000);
    }
  }, EVERY);
}
