import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { compareInThread } from "@/lib/jobs/compare-in-thread";
import { tasks } from "@/lib/jobs/tasks";
import type { MemberContext } from "@/lib/security/context";
import { NotPermitted } from "@/lib/security/not-permitted";
import { ABOVE_100, ABOVE_500, draftOf, type Policy, proposeAmounts } from "@/lib/testing/backtests";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, makeAction, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { cancelBacktest } from "./cancel-backtest";
import { deleteOldBacktests } from "./delete-old-backtests";
import { getBacktest } from "./get-backtest";
import { runBacktest } from "./run-backtest";
import { startBacktest } from "./start-backtest";

/** Does its jobs, and none of the emails that the runs cause. */
const work = () => drainJobs({ "run-backtest": tasks["run-backtest"] });

let workspace: TestWorkspace;
let admin: MemberContext;
beforeAll(async () => {
  workspace = await makeWorkspace();
  admin = (await makePerson(workspace, "admin")).ctx;
});

describe("the job", () => {
  const start = async (name: string, policy: Policy, ctx = admin) =>
    expectOk(await startBacktest(ctx, { name, days: 7, draft: draftOf(policy) })).backtestId;
  const look = async (backtestId: string) => expectOk(await getBacktest(admin, { backtestId })).backtest;

  beforeAll(async () => {
    await makeAction(workspace, { name: "job", policy: ABOVE_100, sentence: "refund {amount}" });
    await proposeAmounts(workspace, "job", [200, 300]);
  });

  test("computes it in the worker, and shows the runs that change with their sentences", async () => {
    const id = await start("job", ABOVE_500);
    expect(await look(id)).toMatchObject({ status: "queued", result: null, runsTotal: null });
    await work();
    const { status, result, runs, runsTotal } = await look(id);
    expect({ status, runsTotal, compared: result?.compared }).toEqual({ status: "done", runsTotal: 2, compared: 2 });
    expect(
      Object.values(runs)
        .map(({ sentence }) => sentence)
        .sort(),
    ).toEqual(["refund 200.00", "refund 300.00"]);
    // The same draft is shown again, another one is computed.
    expect(await start("job", ABOVE_500)).toBe(id);
    expect(await start("job", { type: "always_block" })).not.toBe(id);
    await work();
  });

  test("lets whoever waits for an answer go first, on Linux", async () => {
    const priorities = new Set<string | undefined>();
    const lookAround = () => {
      for (const id of readdirSync("/proc/self/task")) {
        // proc_pid_stat(5): the 19th field, counted after the name, which may contain spaces.
        priorities.add(readFileSync(`/proc/self/task/${id}/stat`, "utf8").split(") ").at(-1)?.split(" ")[16]);
      }
    };
    await compareInThread(
      { workspaceId: workspace.workspaceId, actionName: "job", draft: draftOf(ABOVE_500), days: 7 },
      { onProgress: lookAround, signal: new AbortController().signal },
    );
    expect([...priorities].sort()).toEqual(["0", "19"]);
  });

  test("stops when it is canceled, whether it has started or not", async () => {
    const queued = await start("job", { type: "log_only" });
    await cancelBacktest(admin, { backtestId: queued });
    await work();
    expect(await look(queued)).toMatchObject({ status: "canceled", result: null });

    const running = await start("job", { type: "always_allow" });
    const stop = new AbortController();
    const seen: number[] = [];
    const comparing = compareInThread(
      { workspaceId: workspace.workspaceId, actionName: "job", draft: draftOf(ABOVE_500), days: 7 },
      { onProgress: (done, total) => seen.push(done, total) > 1 && stop.abort(), signal: stop.signal },
    );
    await expect(comparing).rejects.toThrow("The backtest was ended.");
    expect(seen).toEqual([0, 2]);
    await cancelBacktest(admin, { backtestId: running });
    await runBacktest(systemContext(workspace.workspaceId), running, { compare: compareInThread });
    expect((await look(running)).status).toBe("canceled");
  });

  test("another draft of the same person takes its place, one of another person doesn't", async () => {
    const other = (await makePerson(workspace, "developer")).ctx;
    const draft = (threshold: string): Policy => ({ type: "require_approval_above_amount", threshold });
    const [theirs, first] = [await start("job", draft("7"), other), await start("job", draft("8"))];
    const second = await start("job", draft("9"));
    expect([(await look(theirs)).status, (await look(first)).status, (await look(second)).status]).toEqual([
      "queued",
      "canceled",
      "queued",
    ]);
    await work();
    expect([(await look(theirs)).status, (await look(second)).status]).toEqual(["done", "done"]);
  });

  test("ends as failed when it can't be computed, after three attempts", async () => {
    const id = await start("job", { type: "always_require_approval" });
    await getDb().$executeRaw`UPDATE backtests SET draft = '{}' WHERE id = ${id}::uuid`;
    for (let attempt = 0; attempt < 3; attempt++) {
      await work();
      await getDb().$executeRaw`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts < max_attempts`;
    }
    expect(await look(id)).toMatchObject({ status: "failed", result: null });
  });

  test("is for those who manage actions, in their own workspace, and is deleted after a week", async () => {
    const id = await start("job", { type: "always_require_approval" });
    const viewer = (await makePerson(workspace, "viewer")).ctx;
    await expect(startBacktest(viewer, { name: "job", days: 7, draft: draftOf(ABOVE_500) })).rejects.toThrow(NotPermitted);
    await expect(getBacktest(viewer, { backtestId: id })).rejects.toThrow(NotPermitted);
    await expect(cancelBacktest(viewer, { backtestId: id })).rejects.toThrow(NotPermitted);
    const stranger = (await makePerson(await makeWorkspace(), "owner")).ctx;
    expect(await getBacktest(stranger, { backtestId: id })).toMatchObject({ ok: false, code: "not_found" });
    await cancelBacktest(stranger, { backtestId: id });
    expect((await look(id)).status).toBe("queued");

    await getDb().$executeRaw`UPDATE backtests SET created_at = now() - interval '8 days' WHERE id = ${id}::uuid`;
    await deleteOldBacktests(systemContext(null));
    expect(await getBacktest(admin, { backtestId: id })).toMatchObject({ ok: false, code: "not_found" });
    expect(await getDb().backtest.count()).toBeGreaterThan(0);
  });
});
