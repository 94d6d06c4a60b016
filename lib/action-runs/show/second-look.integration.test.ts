import { beforeAll, describe, expect, test } from "vitest";
import { claimRun } from "@/lib/action-runs/execute/claim-run";
import { releaseClaim } from "@/lib/action-runs/execute/release-claim";
import { reportExecution } from "@/lib/action-runs/execute/report-execution";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { authenticateSdk } from "@/lib/api-keys/sdk-context";
import { decideRun } from "@/lib/approvals/decide-run";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { Db } from "@/lib/db/transaction";
import { type SdkContext, withDb } from "@/lib/security/context";
import { afterStatement } from "@/lib/testing/after-statement";
import { asSdk, claimOk, endLease, expectOk, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";

let workspace: TestWorkspace;
let ctx: SdkContext;
beforeAll(async () => {
  workspace = await makeWorkspace();
  ({ ctx } = expectOk(await authenticateSdk(visitorContext(), workspace.credentials)));
});

const report = (runId: string) => ({ runId, outcome: "executed" as const, result: null, resultText: null, error: null, claimToken: null });
const approve = (runId: string) => decideRun(workspace.ctx, { runId, decision: "approve", comment: null }).then(expectOk);
const pending = () => makeRun(workspace, "always_require_approval");

async function held() {
  const runId = await makeRun(workspace, "always_allow");
  const claimToken = await claimOk(workspace, runId);
  return { runId, release: () => asSdk(workspace, (inner) => releaseClaim(inner, { runId, claimToken })).then(expectOk) };
}

describe("a run that changes hands between any two statements", () => {
  /** `happen` falls after each of so many statements, with its number. */
  const afterEach = (happen: (nth: number) => Promise<unknown>, statements = 90) =>
    Array.from({ length: statements }, (_, index) => index + 1).reduce<Db>(
      (db, nth) => afterStatement(nth, () => happen(nth), db),
      getDb(),
    );

  async function passedAround() {
    const runId = await makeRun(workspace, "always_allow");
    let claimToken = await claimOk(workspace, runId);
    const hold = async () => {
      claimToken = await claimOk(workspace, runId);
    };
    return { runId, hold, release: () => asSdk(workspace, (inner) => releaseClaim(inner, { runId, claimToken })).then(expectOk) };
  }

  test("a claim gives up, and says why", async () => {
    const { runId, hold, release } = await passedAround();
    const db = afterEach((nth) => (nth % 3 === 2 ? release() : nth % 3 === 0 ? hold() : Promise.resolve()));
    expect(await claimRun(withDb(ctx, db), { runId, worker: "w", leaseSeconds: 60 })).toMatchObject({
      code: "already_claimed",
      detail: expect.stringContaining("keep claiming and releasing"),
    });
  });

  test("a report gives up, and says why", async () => {
    const { runId, hold, release } = await passedAround();
    const db = afterEach((nth) => (nth % 2 === 1 ? release() : hold()));
    expect(await reportExecution(withDb(ctx, db), report(runId))).toMatchObject({
      code: "claim_token_mismatch",
      detail: expect.stringContaining("keep claiming and releasing"),
    });
  });
});

describe("what stood in the way is gone before it could be named: then it does not stand in the way", () => {
  test("a claim was let go", async () => {
    const { runId, release } = await held();
    expectOk(await claimRun(withDb(ctx, afterStatement(2, release)), { runId, worker: "w", leaseSeconds: 60 }));
  });

  test("a run to be claimed was approved", async () => {
    const runId = await pending();
    expectOk(
      await claimRun(
        withDb(
          ctx,
          afterStatement(2, () => approve(runId)),
        ),
        { runId, worker: "w", leaseSeconds: 60 },
      ),
    );
  });

  test("the claim on a run to be reported was let go", async () => {
    const { runId, release } = await held();
    expect(expectOk(await reportExecution(withDb(ctx, afterStatement(1, release)), report(runId))).answer.idempotent_replay).toBe(false);
  });

  test("a run to be reported was approved", async () => {
    const runId = await pending();
    expectOk(
      await reportExecution(
        withDb(
          ctx,
          afterStatement(1, () => approve(runId)),
        ),
        report(runId),
      ),
    );
  });

  test("the lease of a run to be settled ran out", async () => {
    const { runId } = await held();
    expectOk(
      await settleRun(
        withDb(
          workspace.ctx,
          afterStatement(1, () => endLease(runId)),
        ),
        { runId, settlement: "released", settledBy: "x@example.com" },
      ),
    );
  });
});
