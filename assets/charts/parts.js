// What all kinds of charts share: axes, grid and tooltip.
export function timeAxis(rows, { colours, fontFamily }) {
  return {
    type: "category",
    data: rows.map((row) => row.label),
    boundaryGap: false,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: colours.muted, fontFamily, fontSize: 12, hideOverlap: true, alignMinLabel: "left", alignMaxLabel: "right" },
    axisPointer: { lineStyle: { color: colours.muted } },
  };
}

export function valueAxis({ colours, fontFamily }, { hidden = false } = {}) {
  return {
    type: "value",
    scale: true,
    position: "right",
    splitNumber: 4,
    axisLabel: { show: !hidden, color: colours.muted, fontFamily, fontSize: 12 },
    splitLine: { lineStyle: { color: colours.line } },
  };
}

export const GRID = { left: 0, right: 0, top: 10, bottom: 6, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };

// The tooltip is drawn into the chart itself: one of HTML would need inline style, which the content policy forbids.
export function tooltip(rows, { colours, fontFamily }, linesOf) {
  return {
    trigger: "axis",
    renderMode: "richText",
    backgroundColor: colours.raised,
    borderColor: colours.line,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: colours.ink, fontFamily, fontSize: 13, lineHeight: 19 },
    formatter: ([{ dataIndex }]) => [rows[dataIndex].label, ...linesOf(rows[dataIndex])].join("\n"),
  };
}
