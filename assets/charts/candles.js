// Open, high, low and close in time; volumes, where there are any, as quiet bars at the foot.
import { GRID, timeAxis, tooltip, valueAxis } from "./parts.js";

const SHARE_OF_VOLUMES = 5;

export function candleOptions(rows, look) {
  const { colours } = look;
  const volumes = rows.map((row) => row.values[4] ?? null);
  const hasVolumes = volumes.some((volume) => volume !== null);
  const highest = Math.max(...volumes.map((volume) => volume ?? 0));
  return {
    grid: GRID,
    xAxis: { ...timeAxis(rows, look), boundaryGap: true },
    yAxis: [valueAxis(look), { type: "value", show: false, max: highest * SHARE_OF_VOLUMES || 1 }],
    tooltip: tooltip(rows, look, ({ columns, texts }) => columns.map((name, place) => `${name}  ${texts[place]}`)),
    series: [
      {
        type: "candlestick",
        name: "Price",
        // ECharts wants open, close, lowest, highest.
        data: rows.map(({ values: [open, high, low, close] }) => [open, close, low, high]),
        // A falling candle is filled and a rising one hollow, so that they differ by more than colour.
        itemStyle: { color: colours.ground, borderColor: colours.gain, color0: colours.loss, borderColor0: colours.loss },
      },
      ...(hasVolumes
        ? [{ type: "bar", name: "Volume", yAxisIndex: 1, data: volumes, itemStyle: { color: colours.line }, z: 1 }]
        : []),
    ],
  };
}
