import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { readRunClock } from "@/lib/action-runs/status/run-clock-sql";
import { getDb } from "@/lib/db/client";
import { isOver } from "@/lib/domain/runs/run-clock";
import { makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";

const START = Date.parse("2026-07-01T12:00:00.000Z");
const at = (ms: number) => new Date(START + ms);

let workspace: TestWorkspace;
let runId: string;
let ids: { workspaceId: string; actionId: string; apiKeyId: string };
beforeAll(async () => {
  workspace = await makeWorkspace();
  runId = await makeRun(workspace, "always_require_approval");
  const { workspaceId, actionId, apiKeyId } = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId } });
  ids = { workspaceId, actionId: actionId ?? "", apiKeyId };
});

/** What a freeze can be of: all of it covers the run, except for the last. */
const SCOPES = ["console", "workspace", "action", "api_key", "another action"] as const;
type Scope = (typeof SCOPES)[number];

async function begin(scope: Scope, frozenAt: Date, otherActionId: string): Promise<string> {
  const { workspaceId, actionId, apiKeyId } = ids;
  const target = {
    console: {},
    workspace: { workspaceId },
    action: { workspaceId, actionId },
    api_key: { workspaceId, apiKeyId },
    "another action": { workspaceId, actionId: otherActionId },
  }[scope];
  const id = uuidv7();
  const said = { reason: "A test", frozenBy: "ann@example.com", channel: "console", needsAnotherPerson: false };
  await getDb().freeze.create({ data: { id, ...target, ...said, frozenAt } });
  return id;
}

const end = (id: string, thawedAt: Date) =>
  getDb().freeze.update({ where: { id }, data: { thawedAt, thawedBy: "bo@example.com", thawChannel: "console" } });

/** How long at least one of the intervals was open. */
function unionOf(intervals: readonly { from: number; to: number }[]): number {
  let [sum, reached] = [0, -Infinity];
  for (const { from, to } of intervals.toSorted((one, other) => one.from - other.from)) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}

describe("the clock of a run", () => {
  test("gets back exactly the time in which anything that covers it was frozen, however freezes overlap", async () => {
    const otherActionId =
      (await getDb().actionRun.findUniqueOrThrow({ where: { id: await makeRun(workspace, "always_allow") } })).actionId ?? "";
    const freezes = fc.uniqueArray(
      fc.record({ scope: fc.constantFrom(...SCOPES), from: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 20 }) }),
      { minLength: 1, maxLength: 5, selector: ({ scope }) => scope },
    );
    let base = 0;
    await fc.assert(
      fc.asyncProperty(freezes, async (made) => {
        // Later than everything before, which is thawed.
        base += 1000;
        const open = made.map(({ scope, from, length }) => ({ scope, from: base + from, to: base + from + length, id: "" }));
        const moments = [...new Set(open.flatMap(({ from, to }) => [from, to]))].toSorted((one, other) => one - other);
        let givenBack = 0;
        for (const moment of moments) {
          for (const freeze of open.filter(({ to }) => to === moment)) {
            const { frozenSince } = await readRunClock(getDb(), runId);
            if (freeze.scope !== "another action") givenBack += moment - ((frozenSince?.getTime() ?? 0) - START);
            await end(freeze.id, at(moment));
          }
          for (const freeze of open.filter(({ from }) => from === moment)) freeze.id = await begin(freeze.scope, at(moment), otherActionId);
        }
        expect(givenBack).toBe(unionOf(open.filter(({ scope }) => scope !== "another action")));
        expect((await readRunClock(getDb(), runId)).frozenSince).toBeNull();
      }),
      { numRuns: proofSize(15, 300) },
    );
  });

  test("says in SQL and in TypeScript whether a deadline has passed", async () => {
    const since = at(10_000_000);
    const check = async (frozenSince: Date | null) => {
      for (const deadline of [-2, -1, 0, 1, 2, 9].map((ms) => new Date(since.getTime() + ms))) {
        await getDb().$executeRaw`UPDATE action_runs SET expires_at = ${deadline}::timestamptz WHERE id = ${runId}::uuid`;
        for (const now of [0, 1, 2, 9, 10].map((ms) => new Date(since.getTime() + ms))) {
          const [row] = await getDb().$queryRaw<{ over: boolean }[]>`
            SELECT daai_is_overdue(run, ${now}::timestamptz) AS over FROM action_runs run WHERE id = ${runId}::uuid`;
          expect(row?.over).toBe(isOver(deadline, { now, frozenSince }));
        }
      }
    };
    await check(null);
    const id = await begin("workspace", since, "");
    await check(since);
    await end(id, new Date(since.getTime() + 20));
  });
});
