import type { Result } from "./measure";

const HEAD = ["measure", "result", "target", "", "made of"];

/** The results for people, one line each. */
export function resultsTable(results: readonly Result[]): string {
  const rows = [
    HEAD,
    ...results.map((result) => [result.title, amount(result.value, result.unit), targetText(result), verdict(result), result.detail]),
  ];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function meetsTarget({ value, target }: Pick<Result, "value" | "target">): boolean {
  if (target === null) return true;
  return "atLeast" in target ? value >= target.atLeast : value <= target.atMost;
}

function targetText({ target, unit }: Result): string {
  if (target === null) return "";
  return "atLeast" in target ? `≥ ${plain(target.atLeast, unit)}` : `≤ ${plain(target.atMost, unit)}`;
}

function verdict(result: Result): string {
  if (result.target === null) return "";
  return meetsTarget(result) ? "met" : "missed";
}

function amount(value: number, unit: Result["unit"]): string {
  return plain(unit === "" ? value.toFixed(2) : value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toFixed(1), unit);
}

function plain(value: number | string, unit: Result["unit"]): string {
  return unit === "" || unit === "/s" ? `${value}${unit}` : `${value} ${unit}`;
}
