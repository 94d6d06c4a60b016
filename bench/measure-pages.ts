import { PAGE_ROWS } from "@/lib/testing/console/page-rows";
import { compressedKilobytes, scriptsOf } from "@/lib/testing/console/page-scripts";
import { makeSweepWorld } from "@/lib/testing/console/sweep-world";
import { startAppServer } from "./app-server";
import type { Bench, Result } from "./measure";
import { percentile } from "./statistics";
import { switchDatabase } from "./tenants";

const WARM_UP_LOADS = 3;
const LOADS = 20;

interface MeasuredPage {
  readonly address: string;
  readonly p95Ms: number;
  readonly kilobytes: number;
}

/** Every page, as someone opens it who may: how long the server takes, to the last byte, and how much JavaScript it loads at first. */
export async function measurePages(bench: Bench): Promise<Result[]> {
  const databaseUrl = await bench.createDatabase();
  await switchDatabase(databaseUrl);
  const world = await makeSweepWorld();
  const server = await startAppServer(bench, databaseUrl, { DAAI_WORKER: "off" });
  const pages: MeasuredPage[] = [];
  for (const [address, { who, path }] of Object.entries(PAGE_ROWS)) {
    const headers: Record<string, string> = who === "anybody" ? {} : { Cookie: world.cookies[who === "operator" ? "operator" : "owner"] };
    const url = server.url + path({ ...world.things, workspaceId: world.mine.workspaceId });
    const times: number[] = [];
    let html = "";
    for (let load = -WARM_UP_LOADS; load < LOADS; load++) {
      const startedAt = performance.now();
      const answer = await fetch(url, { headers, redirect: "manual" });
      html = await answer.text();
      if (load >= 0) times.push(performance.now() - startedAt);
      if (answer.status >= 400) throw new Error(`${address} answered ${answer.status}.`);
    }
    pages.push({ address, p95Ms: percentile(times, 95), kilobytes: compressedKilobytes(scriptsOf(html)) });
  }
  await server.stop();
  // Nobody waits for the documentation while they decide or look something up; its API reference is one long page.
  const ofConsole = pages.filter(({ address }) => !address.startsWith("/docs"));
  return [
    {
      title: `console pages, p95 of ${LOADS} loads, the slowest of ${ofConsole.length}`,
      unit: "ms",
      target: { atMost: 100 },
      ...worst(ofConsole, ({ p95Ms }) => p95Ms),
    },
    {
      title: "JavaScript at first load, the largest page",
      unit: "KB",
      target: { atMost: 200 },
      ...worst(pages, ({ kilobytes }) => kilobytes),
    },
  ];
}

function worst(pages: readonly MeasuredPage[], of: (page: MeasuredPage) => number): Pick<Result, "value" | "detail" | "rounds"> {
  const sorted = pages.toSorted((a, b) => of(b) - of(a));
  const [first, second, third] = sorted;
  if (!first || !second || !third) throw new RangeError("no pages");
  const detail = [first, second, third].map((page) => `${page.address} ${of(page).toFixed(1)}`).join("; ");
  return { value: of(first), detail, rounds: sorted.map(of) };
}
