import { beforeAll, expect, test } from "vitest";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { readDecisionBody } from "@/lib/domain/log/read-receipt-body";
import { APPROVE } from "@/lib/testing/deciders";
import {
  atOnce,
  claim,
  expectOk,
  linkTokens,
  makeAction,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { untilAvailable } from "@/lib/testing/until-available";
import { decideByLink } from "./decide-by-link";
import { revokeByLink } from "./revoke-by-link";

const PEOPLE = Array.from({ length: 10 }, (_, index) => `person-${index}@example.com`);
const ROUNDS = proofSize(5, 200);

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "two_of_ten", approverEmails: PEOPLE, approvals: 2 });
});

async function ask(): Promise<{ runId: string; links: string[] }> {
  const { action_run_id: runId } = await untilAvailable(() => proposeOk(workspace, { action: "two_of_ten", payload: {} }));
  const tokens = await linkTokens(runId);
  return { runId, links: PEOPLE.map((email) => tokens.get(email) ?? "") };
}
const approve = (link: string) => untilAvailable(() => decideByLink(visitorContext(), link, APPROVE));
const evidenceOf = (runId: string) =>
  getDb().actionRun.findUniqueOrThrow({
    where: { id: runId },
    include: { decision: true, votes: true, receipts: { orderBy: { id: "asc" } } },
  });

test(`ten people at once on "2 of 10": one decision, and receipts of the votes that counted, ${ROUNDS} rounds`, {
  timeout: ROUNDS * 20_000 + 60_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { runId, links } = await ask();
    const outcomes = await atOnce(PEOPLE.length, (index) => approve(links[index] ?? ""));
    const told = tally(outcomes.map((outcome) => (outcome.ok ? outcome.run.effect.governanceStatus : outcome.code)));
    const run = await evidenceOf(runId);
    expect(told).toEqual({ pending_approval: 1, approved: 1, already_decided: PEOPLE.length - 2 });
    expect(run.governanceStatus).toBe("approved");
    expect(run.votes.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(2);
    expect(new Set(run.votes.map(({ voter }) => voter)).size).toBe(2);
    expect(run.receipts.map(({ kind }) => kind)).toEqual(["vote", "vote", "decision"]);
    const says = readDecisionBody(run.receipts[2]?.body ?? "");
    expect(says?.approvals?.votes.map(({ receipt_id: id }) => id)).toEqual(run.receipts.slice(0, 2).map(({ id }) => id));
    expect(run.decision?.decidedBy).toBe(says?.approvals?.votes[1]?.by);
  }
});

test(`a yes taken back while the last one comes counts for nothing after it, ${ROUNDS} rounds`, {
  timeout: ROUNDS * 20_000 + 60_000,
}, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { runId, links } = await ask();
    const [first = "", second = "", third = ""] = links;
    expectOk(await approve(first));
    const takeBack = () => untilAvailable(() => revokeByLink(visitorContext(), first, { comment: null, confirm: true }));
    const [took, gave] =
      round % 2 === 0
        ? await Promise.all([takeBack(), approve(second)])
        : await Promise.all([approve(second), takeBack()]).then(([a, b]) => [b, a] as const);
    expectOk(gave);
    const { revoked } = expectOk(took);
    const run = await evidenceOf(runId);
    const counted = run.votes.filter(({ revokedAt }) => revokedAt === null).length;
    // Before the last yes it was one of two again; after it, it ended the whole approval.
    const expected = revoked.effect.governanceStatus === "pending_approval" ? ["pending_approval", 1] : ["rejected", 2];
    expect([run.governanceStatus, counted]).toEqual(expected);
    expect(await untilAvailable(() => claim(workspace, runId))).toMatchObject({ code: "not_executable" });
    const later = await approve(third);
    if (run.governanceStatus === "rejected") expect(later).toMatchObject({ code: "already_decided" });
    else {
      expect(expectOk(later).run).toMatchObject({
        effect: { governanceStatus: "approved" },
        approvals: { votes: [{ by: PEOPLE[1] }, { by: PEOPLE[2] }] },
      });
      expectOk(await untilAvailable(() => claim(workspace, runId)));
    }
  }
});
