/** The first `size` of rows that were read with one more, and by which id the older ones are asked for; null: these are the oldest. */
export function onePage<Row>(
  rows: readonly Row[],
  size: number,
  idOf: (row: Row) => string,
): { readonly shown: Row[]; readonly next: string | null } {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { shown, next: rows.length > size && last !== undefined ? idOf(last) : null };
}
