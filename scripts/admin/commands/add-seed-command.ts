import { randomInt } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { addCommand } from "@/scripts/admin/add-command";
import { countValue, idValue, instantValue, optional, required } from "@/scripts/admin/option-values";
import { showProgress } from "@/scripts/admin/seed/show-progress";

const MAX_RUNS = 10_000_000;
const MAX_SEED_NUMBERS = 2 ** 32 - 1;

export function addSeedCommand(program: Command): void {
  addCommand(program, {
    usage: "seed",
    summary: "Write a made-up history of the last 90 days, with receipts that verify, for trials, demos and benchmarks.",
    options: [
      required("--runs <n>", "how many runs"),
      optional(
        "--workspace <id>",
        "the workspace to write to, using its actions if it has any (default: a new one owned by seed@example.com)",
      ),
      optional("--seed-number <n>", "the same number creates the same history (default: a random one, which is printed)"),
      optional("--until <time>", "when the history ends (default: now)"),
    ],
    examples: ["seed --runs 5000", "seed --runs 1000000 --seed-number 7"],
    input: z.strictObject({
      runs: countValue(1, MAX_RUNS),
      workspace: idValue.optional(),
      seedNumber: countValue(0, MAX_SEED_NUMBERS).optional(),
      until: instantValue.optional(),
    }),
    async run({ runs, workspace, seedNumber = randomInt(1_000_000), until }) {
      // Loaded here, so that the other commands start without it.
      const { seed } = await import("@/scripts/admin/seed/seed");
      const seeded = await seed({ runs, workspaceId: workspace, seedNumber, until }, showProgress(runs));
      const perSecond = Math.round(runs / (seeded.durationMs / 1000));
      return {
        document: {
          workspace_id: seeded.workspaceId,
          workspace_key: seeded.keys?.workspaceKey ?? null,
          api_key: seeded.keys?.apiKey ?? null,
          runs,
          receipts: seeded.receipts,
          seed_number: seedNumber,
          duration_ms: seeded.durationMs,
          runs_per_second: perSecond,
        },
        text: `Wrote ${count(runs)} runs and ${count(seeded.receipts)} receipts into the workspace ${seeded.workspaceId} in ${(seeded.durationMs / 1000).toFixed(1)} seconds (${count(perSecond)} runs a second, seed number ${seedNumber}).${keyLines(seeded.keys)}`,
      };
    },
  });
}

const count = (value: number) => value.toLocaleString("en-US");

/** A new workspace's keys, this one time. */
function keyLines(keys: { apiKey: string; workspaceKey: string } | null): string {
  return keys ? `\n\nDAAI_API_KEY=${keys.apiKey}\nDAAI_WORKSPACE_KEY=${keys.workspaceKey}` : "";
}
