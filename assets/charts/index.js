// Draws every <figure data-chart>; see README.md for what such a figure holds.
import { candleOptions } from "./candles.js";
import { drawn } from "./drawing.js";
import { lineOptions } from "./line.js";
import { rowsOf } from "./table.js";

const KINDS = { line: lineOptions, candles: candleOptions };

function drawAll() {
  for (const figure of document.querySelectorAll("figure[data-chart]:not([data-drawn])")) {
    const table = document.getElementById(figure.dataset.table);
    const rows = table ? rowsOf(table) : [];
    if (rows.length < 2) continue;
    figure.dataset.drawn = "";
    drawn(figure, (look) => KINDS[figure.dataset.chart](rows, look));
  }
}

drawAll();
document.addEventListener("htmx:afterSettle", drawAll);
