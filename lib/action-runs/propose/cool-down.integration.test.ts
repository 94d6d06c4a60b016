import { beforeAll, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/transaction";
import { firstAttempt, type HAPPENED } from "@/lib/testing/attempts";
import { makeAction, makeWorkspace, propose, proposeOk, type TestWorkspace } from "@/lib/testing/factories";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});

const readRun = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });

describe("a cool-down", () => {
  let action = 0;
  async function refusedBy(happened: keyof typeof HAPPENED, askAgainAfterMinutes: number | null = 60) {
    const name = `cooling_${++action}`;
    await makeAction(workspace, { name, askAgainAfterMinutes });
    return firstAttempt(workspace, name, happened);
  }
  const passMinutes = (runId: string, minutes: number) =>
    inTransaction(getDb(), async (tx) => {
      await tx.$executeRaw`ALTER TABLE action_runs DISABLE TRIGGER action_runs_legal_moves`;
      await tx.$executeRaw`UPDATE action_runs SET decided_at = decided_at - make_interval(mins => ${minutes}::int) WHERE id = ${runId}::uuid`;
      await tx.$executeRaw`ALTER TABLE action_runs ENABLE TRIGGER action_runs_legal_moves`;
    });

  test.each(["rejected", "blocked by a person", "revoked"] as const)(
    "after %s refuses asking again, says who and until when, and records nothing",
    async (happened) => {
      const { runId, request, again } = await refusedBy(happened);
      const { decidedAt } = await readRun(runId);
      const until = new Date((decidedAt?.getTime() ?? 0) + 3_600_000).toISOString();
      for (const change of [{}, { payload: { amount: 1480 } }, { idempotency_key: "another", ask_again: false }]) {
        const outcome = await propose(workspace, { ...again, ...change });
        expect(outcome).toMatchObject({
          ok: false,
          code: "ask_again_too_soon",
          fields: { action_run_id: runId, decided_by: workspace.ownerEmail, comment: "Charged once.", ask_again_at: until },
        });
        if (!outcome.ok) for (const part of [workspace.ownerEmail, "Charged once.", until]) expect(outcome.detail).toContain(part);
      }
      expect(await getDb().actionRun.count({ where: { actionName: request.action } })).toBe(1);
      expect(await proposeOk(workspace, request)).toMatchObject({ action_run_id: runId, idempotent_replay: true, ask_again_at: until });
      expect((await proposeOk(workspace, { ...request, payload: { amount: 7 }, idempotency_key: "other" })).governance_status).toBe(
        "pending_approval",
      );
      expect(await propose(workspace, again)).toMatchObject({ code: "ask_again_too_soon" });
      await passMinutes(runId, 61);
      expect(await proposeOk(workspace, again)).toMatchObject({ previous_run_id: runId, idempotent_replay: false });
    },
  );

  test.each([
    ["expired", 60],
    ["withdrawn", 60],
    ["failed after an approval", 60],
    ["rejected", null],
  ] as const)("is none after %s of an action with %s minutes", async (happened, minutes) => {
    const { runId, again } = await refusedBy(happened, minutes);
    expect(await proposeOk(workspace, again)).toMatchObject({ previous_run_id: runId });
  });
});
