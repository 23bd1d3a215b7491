// Values in time: the first column with its ground filled, any other as a quiet dashed line to compare it with.
import { GRID, timeAxis, tooltip, valueAxis } from "./parts.js";

export function lineOptions(rows, look) {
  const { columns } = rows[0];
  const hidden = look.hidesAmounts && rows.some((row) => row.isPrivate);
  const textsOf = ({ texts }) => (columns.length > 1 ? columns.map((name, place) => `${name}  ${texts[place]}`) : texts);
  return {
    grid: GRID,
    xAxis: timeAxis(rows, look),
    yAxis: valueAxis(look, { hidden }),
    tooltip: tooltip(rows, look, (row) => (hidden ? [] : textsOf(row))),
    series: columns.map((name, place) => ({
      type: "line",
      name,
      data: rows.map((row) => row.values[place]),
      showSymbol: false,
      ...(place === 0 ? filled(look) : dashed(look)),
    })),
  };
}

function filled({ colours }) {
  return {
    lineStyle: { color: colours.accent, width: 2 },
    itemStyle: { color: colours.accent },
    areaStyle: { color: colours.wash, opacity: 0.8, origin: "start" },
  };
}

function dashed({ colours }) {
  return {
    lineStyle: { color: colours.muted, width: 1.2, type: "dashed" },
    itemStyle: { color: colours.muted },
    z: 3,
  };
}
