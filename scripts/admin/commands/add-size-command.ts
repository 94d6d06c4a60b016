import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { measureSize, type SizePart } from "@/lib/health/measure-size";
import { addCommand } from "@/scripts/admin/add-command";
import { countValue, optional } from "@/scripts/admin/option-values";
import { factLines, textTable } from "@/scripts/admin/text-table";

const MOST_RUNS = 9_999_999_999;
const DAYS_A_YEAR = 365;
/** With fewer runs, what is there before the first one counts for too much. */
const FEW_RUNS = 1000;

const PARTS: Readonly<Record<SizePart, string>> = {
  runs: "Runs and payloads",
  approvals: "Approvals",
  receipts: "Receipts and their log",
  email: "Email",
  webhooks: "Webhooks",
  activity: "Activity",
  other: "Everything else",
};

export function addSizeCommand(program: Command): void {
  addCommand(program, {
    usage: "size",
    summary: "Show how much disk the database uses and for what, and how much a year of runs will need.",
    options: [optional("--runs-per-year <n>", "runs that you expect (default: a year like the last 30 days)")],
    examples: ["size", "size --runs-per-year 5000000", "size --json"],
    input: z.strictObject({ runsPerYear: countValue(1, MOST_RUNS).optional() }),
    async run({ runsPerYear }) {
      const { parts, databaseBytes, runs, runsInThirtyDays, bytesPerRun } = await measureSize(operatorContext(null));
      const yearlyRuns = runsPerYear ?? Math.round((runsInThirtyDays / 30) * DAYS_A_YEAR);
      const yearlyBytes = bytesPerRun === null ? null : Math.round(bytesPerRun * yearlyRuns);
      const table = textTable(
        ["What", "Size", "Per run"],
        Object.entries(PARTS).map(([part, title]) => {
          const bytes = parts[part as SizePart];
          return [title, bytesText(bytes), runs === 0 || part === "other" ? "" : bytesText(bytes / runs)];
        }),
      );
      const facts = factLines([
        ["Database", bytesText(databaseBytes)],
        ["Runs", runs.toLocaleString("en-US")],
        ["In the last 30 days", runsInThirtyDays.toLocaleString("en-US")],
        ["Per run", bytesPerRun === null ? "no runs yet" : bytesText(bytesPerRun)],
        ["A year", yearlyBytes === null ? null : `${yearlyRuns.toLocaleString("en-US")} runs, ${bytesText(yearlyBytes)}`],
      ]);
      const hint =
        runs < FEW_RUNS ? `\n\nFewer than ${FEW_RUNS.toLocaleString("en-US")} runs are stored, so the size of a run isn't exact yet.` : "";
      return {
        document: {
          database_bytes: databaseBytes,
          bytes: { ...parts },
          runs,
          runs_in_30_days: runsInThirtyDays,
          bytes_per_run: bytesPerRun === null ? null : Math.round(bytesPerRun),
          runs_per_year: yearlyRuns,
          bytes_per_year: yearlyBytes,
        },
        text: `${table}\n\n${facts}${hint}`,
      };
    },
  });
}

const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

/** "412 MB": powers of 1,000, as disks are sold. */
function bytesText(bytes: number): string {
  const power = Math.min(Math.max(Math.floor(Math.log10(bytes) / 3), 0), UNITS.length - 1);
  return `${(bytes / 1000 ** power).toLocaleString("en-US", { maximumSignificantDigits: 3 })} ${UNITS[power]}`;
}
