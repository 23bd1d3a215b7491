// Rows of a table as { label, values, texts, columns }, in the order of the page.
export function rowsOf(table) {
  const columns = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  return [...table.tBodies[0].rows].map((row) => {
    const [first, ...cells] = row.cells;
    return {
      label: first.textContent.trim(),
      values: cells.map((cell) => (cell.dataset.value ? Number(cell.dataset.value) : null)),
      texts: cells.map((cell) => cell.textContent.trim()),
      columns,
      isPrivate: cells.some((cell) => cell.querySelector(".amount")),
    };
  });
}
