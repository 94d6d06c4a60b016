import { beforeEach, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import type { MemberContext } from "@/lib/security/context";
import { makePerson, type TestWorkspace } from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { makeGuardedWorkspace, proposeEdit, statusOf } from "@/lib/testing/policy-proposals";
import { confirmProposal } from "./confirm-proposal";
import { declineProposal, withdrawProposal } from "./end-proposal";

const rounds = Array.from({ length: proofSize(4, 150) }, (_, round) => round);

let workspace: TestWorkspace;
let ann: MemberContext;
let ben: MemberContext;
let chi: MemberContext;
beforeEach(async () => {
  ({ workspace, ann, ben } = await makeGuardedWorkspace());
  chi = (await makePerson(workspace, "owner")).ctx;
});

const saved = async () => settingsOf((await getAction(workspace.ctx, "pay")) ?? expect.unreachable());
const thresholdOf = (round: number) => String(round + 1);

test("of all who answer a proposal at once, one is heard", async () => {
  for (const round of rounds) {
    const before = await saved();
    const proposalId = await proposeEdit(ann, { threshold: thresholdOf(round) });
    const answers = await Promise.all([
      confirmProposal(ben, { proposalId }),
      declineProposal(chi, { proposalId, comment: null }),
      withdrawProposal(ann, { proposalId }),
      confirmProposal(chi, { proposalId }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const status = await statusOf(proposalId);
    const isConfirmed = answers[0]?.ok || answers[3]?.ok;
    expect(status).toBe(isConfirmed ? "confirmed" : answers[1]?.ok ? "declined" : "withdrawn");
    expect((await saved()).policy.threshold).toBe(isConfirmed ? thresholdOf(round) : before.policy.threshold);
  }
});

test("a confirmation and an edit of the same state don't undo each other", async () => {
  for (const round of rounds) {
    const proposalId = await proposeEdit(ann, { threshold: thresholdOf(round) });
    const { configVersion = 0 } = (await getAction(workspace.ctx, "pay")) ?? {};
    const title = `Renamed ${round}`;
    const [confirmed, edited] = await Promise.all([
      confirmProposal(ben, { proposalId }),
      editAction(chi, { ...(await saved()), title, configVersion }),
    ]);
    // Whoever came second was told: the edit as a conflict, the proposal as stale.
    expect([confirmed.ok, edited.ok].filter(Boolean)).toHaveLength(1);
    expect(await statusOf(proposalId)).toBe(confirmed.ok ? "confirmed" : "stale");
    const now = await saved();
    expect([now.policy.threshold === thresholdOf(round), now.title === title]).toEqual([confirmed.ok, edited.ok]);
  }
});

test("of proposals that are made at once, one is pending, and none is lost", async () => {
  for (const round of rounds) {
    const ids = await Promise.all([ann, ben, chi].map((ctx, index) => proposeEdit(ctx, { threshold: thresholdOf(round * 3 + index) })));
    const statuses = await Promise.all(ids.map(statusOf));
    expect(statuses.sort()).toEqual(["pending", "replaced", "replaced"]);
  }
  expect(await getDb().policyProposal.count({ where: { workspaceId: workspace.workspaceId, status: "pending" } })).toBe(1);
});
