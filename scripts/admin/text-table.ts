import { visibleText } from "@/lib/domain/text/hidden-characters";
import { shortened } from "@/lib/domain/text/shortened";

const CELL_MAX_LENGTH = 60;

/** A table for the terminal. Agents' texts are made harmless and visible: a control character shows as its code. */
export function textTable(titles: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cells = [titles.map(String), ...rows.map((row) => row.map(cellText))];
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? "")].length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Names and values, one a line; a value that is null is left out. */
export function factLines(facts: readonly (readonly [name: string, value: string | number | null])[]): string {
  const shown = facts.filter(([, value]) => value !== null && value !== "");
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .map(([name, value]) => `${name.padEnd(width)}  ${visibleText(String(value)).replaceAll("\n", `\n${" ".repeat(width + 2)}`)}`)
    .join("\n");
}

/** 2026-11-23 09:00:00Z */
export function instantText(instant: Date | null): string | null {
  return instant && `${instant.toISOString().slice(0, 19).replace("T", " ")}Z`;
}

function cellText(value: string | number | null): string {
  return shortened(visibleText(String(value ?? "")).replace(/\s+/g, " "), CELL_MAX_LENGTH);
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - [...text].length));
}
