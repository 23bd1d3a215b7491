// One value in time, its ground filled.
import { GRID, timeAxis, tooltip, valueAxis } from "./parts.js";

export function lineOptions(rows, look) {
  const hidden = look.hidesAmounts && rows.some((row) => row.isPrivate);
  return {
    grid: GRID,
    xAxis: timeAxis(rows, look),
    yAxis: valueAxis(look, { hidden }),
    tooltip: tooltip(rows, look, (row) => (hidden ? [] : row.texts.slice(0, 1))),
    series: [
      {
        type: "line",
        name: rows[0].columns[0],
        data: rows.map((row) => row.values[0]),
        showSymbol: false,
        lineStyle: { color: look.colours.accent, width: 2 },
        itemStyle: { color: look.colours.accent },
        areaStyle: { color: look.colours.wash, opacity: 0.8, origin: "start" },
      },
    ],
  };
}
