import type { DemoRun } from "./list-demo-runs";
import type { Proposal } from "./start-python";
import { bold, dim, green, red, yellow } from "./terminal";

const TITLES = ["Invoice", "Amount", "Governance", "Execution", "Receipt"];
const AMOUNT_COLUMN = 1;

const COLOURS: Record<string, (text: string) => string> = {
  executed: green,
  failed: red,
  rejected: yellow,
  blocked: yellow,
  not_executed: dim,
  pending_approval: dim,
};

/** Every run with its receipt, under its action. The amounts stand as the agent sent them. */
export function outcomeTable(proposals: readonly Proposal[], runs: readonly DemoRun[]): string {
  const amounts = new Map(proposals.map(({ key, amount }) => [key, amount]));
  const rows = runs.map((run) => [
    run.idempotency_key.slice(run.action.length + 1),
    amounts.get(run.idempotency_key) ?? "–",
    run.governance_status,
    run.execution_status,
    run.receipt_id ?? "–",
  ]);
  const widths = TITLES.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], paint: (text: string, cell: string) => string) =>
    `  ${cells.map((cell, column) => paint(column === AMOUNT_COLUMN ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0), cell)).join("  ")}`.trimEnd();

  const lines = [line(TITLES, bold)];
  for (const action of new Set(runs.map((run) => run.action))) {
    lines.push("", `  ${dim(action)}`);
    rows.forEach((row, index) => {
      if (runs[index]?.action === action) lines.push(line(row, (text, cell) => COLOURS[cell]?.(text) ?? text));
    });
  }
  return lines.join("\n");
}
