import type { DemoRun } from "./list-demo-runs";
import type { Proposal } from "./start-python";
import { bold, dim, green, red, yellow } from "./terminal";

const TITLES = ["Invoice", "Amount", "Governance", "Execution", "Receipt"];
const AMOUNT_COLUMN = 1;
const NOTHING = "–";

const COLORS: Record<string, (text: string) => string> = {
  executed: green,
  failed: red,
  rejected: yellow,
  blocked: yellow,
  not_executed: dim,
  pending_approval: dim,
};
const colored = (text: string) => COLORS[text.trim()]?.(text) ?? text;

/** Every run with its receipt, under its action. The amounts stand as the agent sent them. */
export function outcomeTable(proposals: readonly Proposal[], runs: readonly DemoRun[]): string {
  const amounts = new Map(proposals.map(({ key, amount }) => [key, amount]));
  const rows = runs.map((run) => ({ action: run.action, cells: cellsOf(run, amounts.get(run.idempotency_key) ?? NOTHING) }));
  const widths = TITLES.map((title, column) => Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0)));
  const padded = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === AMOUNT_COLUMN ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)));

  const groups = [...new Set(rows.map(({ action }) => action))].map((action) => {
    const ofAction = rows.filter((row) => row.action === action);
    return ["", dim(action), ...ofAction.map(({ cells }) => padded(cells).map(colored).join("  "))];
  });
  return [padded(TITLES).map(bold).join("  "), ...groups.flat()].map((line) => (line === "" ? "" : `  ${line.trimEnd()}`)).join("\n");
}

function cellsOf(run: DemoRun, amount: string): string[] {
  const reference = run.idempotency_key.slice(run.action.length + 1);
  return [reference, amount, run.governance_status, run.execution_status, run.receipt_id ?? NOTHING];
}
