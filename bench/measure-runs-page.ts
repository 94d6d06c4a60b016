import { getDb } from "@/lib/db/client";
import { makeWorkspace } from "@/lib/testing/factories";
import { sessionCookie } from "@/lib/testing/session-cookie";
import { makeHistory } from "@/scripts/admin/seed/history";
import { openWorld } from "@/scripts/admin/seed/seed-world";
import { showProgress } from "@/scripts/admin/seed/show-progress";
import { tidyUp, writeHistory } from "@/scripts/admin/seed/write-history";
import { startAppServer } from "./app-server";
import type { Bench, Result } from "./measure";
import { median } from "./statistics";
import { switchDatabase } from "./tenants";

/** Lists that people ask for: of a status, of an action, by amount, in a time, with a word that is common, rare or nowhere. */
const SEARCHES = [
  "",
  "status=rejected",
  "status=pending_approval&sort=-amount",
  "status=approved&sort=-amount",
  "execution=failed&within=30d",
  "action=refund_customer&actor=finance_agent",
  "min=100&max=500&currency=EUR&sort=amount",
  "q=INV-1",
  "q=in-no-run-at-all",
];

/** The page of runs of one workspace that has them all, beside that of one that has few. Time on the server, to the last byte. */
export async function measureRunsPage(bench: Bench): Promise<Result[]> {
  const { size } = bench;
  const large = await openSide(bench, size.largeRuns);
  const small = await openSide(bench, size.smallRuns);
  const sides = [small, large] as const;
  const rounds: { search: string; small: number; large: number }[][] = [];
  for (let round = -2; round < size.rounds; round++) {
    const times: { search: string; small: number; large: number }[] = [];
    for (const search of SEARCHES) {
      const [smallMs = 0, largeMs = 0] = [await sides[0].load(search), await sides[1].load(search)];
      times.push({ search, small: smallMs, large: largeMs });
    }
    // The first ones warm up compilers and caches.
    if (round >= 0) rounds.push(times);
  }
  for (const side of sides) await side.stop();
  const values = rounds.map((times) => sum(times.map((time) => time.large)) / sum(times.map((time) => time.small)));
  const perSearch = SEARCHES.map((search, index) => {
    const of = (pick: "small" | "large") => median(rounds.map((times) => times[index]?.[pick] ?? 0)).toFixed(0);
    return `${search || "newest"} ${of("large")} ÷ ${of("small")} ms`;
  });
  const count = (value: number) => value.toLocaleString("en-US");
  return [
    {
      title: `runs page, filtered and sorted, at ${count(size.largeRuns)} runs ÷ at ${count(size.smallRuns)}`,
      value: median(values),
      unit: "",
      target: { atMost: 1.5 },
      detail: perSearch.join("; "),
      rounds: values,
    },
  ];
}

async function openSide(bench: Bench, runs: number) {
  const databaseUrl = await bench.createDatabase();
  await switchDatabase(databaseUrl);
  const { workspaceId, ownerEmail } = await makeWorkspace();
  const world = await openWorld(workspaceId, undefined);
  await writeHistory(makeHistory(world, { runs, seedNumber: 1 }), runs >= 100_000 ? showProgress(runs) : () => {});
  await tidyUp();
  const { id: userId } = await getDb().user.findUniqueOrThrow({ where: { email: ownerEmail } });
  const { headers } = await sessionCookie(userId);
  const server = await startAppServer(bench, databaseUrl);
  return {
    load: async (search: string) => {
      const startedAt = performance.now();
      const answer = await fetch(`${server.url}/workspaces/${workspaceId}/runs?${search}`, { headers, redirect: "manual" });
      const text = await answer.text();
      if (answer.status !== 200 || !text.includes("Governance")) throw new Error(`The page of runs answered ${answer.status}.`);
      return performance.now() - startedAt;
    },
    stop: () => server.stop(),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
