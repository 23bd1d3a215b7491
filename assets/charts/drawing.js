// A chart in its figure: as wide as the page allows, as high as what it replaces, in the colours of the theme.
import { BarChart, CandlestickChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { look, whenLookChanges } from "./look.js";

use([AriaComponent, BarChart, CandlestickChart, GridComponent, LineChart, SVGRenderer, TooltipComponent]);

const LEAST_HEIGHT = 176;

export function drawn(figure, optionsOf) {
  const caption = figure.querySelector("figcaption");
  const canvas = document.createElement("div");
  canvas.setAttribute("role", "img");
  canvas.style.height = `${Math.max(LEAST_HEIGHT, heightBefore(figure, caption))}px`;
  for (const child of [...figure.children]) if (child !== caption) child.remove();
  figure.prepend(canvas);

  const chart = init(canvas, null, { renderer: "svg" });
  const draw = () => chart.setOption(completed(optionsOf, look(), caption), true);
  draw();
  new ResizeObserver(() => chart.resize()).observe(canvas);
  whenLookChanges(draw);
}

function heightBefore(figure, caption) {
  const children = [...figure.children].filter((child) => child !== caption);
  return Math.max(0, ...children.map((child) => child.getBoundingClientRect().height));
}

function completed(optionsOf, seen, caption) {
  const description = caption?.textContent.trim();
  return {
    ...optionsOf(seen),
    animation: false,
    textStyle: { fontFamily: seen.fontFamily },
    aria: { enabled: true, label: { description } },
  };
}
