import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lapseApproval } from "@/lib/approvals/lapse-approvals";
import { systemContext } from "@/lib/auth/contexts";
import { disconnectDb, getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { type Answer, type ApiClient, runPath } from "@/lib/testing/api-suite/api-client";
import { linkToken, makeAction, makeWorkspace, proposeOk, type TestWorkspace, tally } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type Consoles, startConsoles } from "@/lib/testing/guarantees/start-consoles";
import { untilAnswered } from "@/lib/testing/guarantees/until-answered";

const ROUNDS = proofSize(25, 1000);
const TIMEOUT = { timeout: proofSize(120_000, 1_800_000) };

let consoles: Consoles;
let first: ApiClient;
let second: ApiClient;
let workspace: TestWorkspace;

beforeAll(async () => {
  consoles = await startConsoles(2, { env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" } });
  [first, second] = [consoles.of(0).api, consoles.of(1).api];
  workspace = await makeWorkspace();
  const policy = { type: "always_require_approval" as const, changeableFields: [{ field: "amount", kind: "not_above" as const }] };
  await makeAction(workspace, { name: "refund_customer", policy });
});

afterAll(async () => {
  await consoles?.stop();
  await disconnectDb();
});

interface Round {
  runId: string;
  link: string;
}

/** What was answered, in one word: `ok` or the code of the refusal. */
const wordOf = ({ status, json }: Answer) => (status === 200 ? "ok" : (json as { code: string }).code);
const withdraw = (api: ApiClient, runId: string) => api.post(runPath(runId, "withdraw"), { reason: "Paid by hand." }, { as: workspace });
const claim = (api: ApiClient, runId: string) => api.post(runPath(runId, "claim"), { worker: "w" }, { as: workspace });
const approve = (api: ApiClient, link: string, more: JsonObject = {}) => api.post(link, { decision: "approve", confirm: true, ...more });
const revoke = (api: ApiClient, link: string) => api.post(`${link}/revoke`, { confirm: true });

async function ask(): Promise<Round> {
  const { action_run_id: runId } = await proposeOk(workspace, { action: "refund_customer", payload: { amount: 5 }, accepts_changes: true });
  return { runId, link: `/api/v1/public/decisions/${await linkToken(runId)}` };
}

/**
 * Both at once, each on a process of its own. Whoever lost is ahead by some round trips more in the next round, so that either wins about half of
 * them, however busy the machine is. `hasOneWon` tells by what the two were answered.
 */
function races(hasOneWon: (one: string, other: string) => boolean) {
  let lead = 0;
  return async (round: number, one: (api: ApiClient) => Promise<Answer>, other: (api: ApiClient) => Promise<Answer>) => {
    const [api, apiToo] = round % 2 ? [first, second] : [second, first];
    const after = async (trips: number, call: () => Promise<Answer>) => {
      for (let trip = 0; trip < trips; trip++) await first.get("/api/health");
      return wordOf(await untilAnswered(call));
    };
    const words = await Promise.all([after(Math.max(0, lead), () => one(api)), after(Math.max(0, -lead), () => other(apiToo))]);
    lead += hasOneWon(...words) ? 1 : -1;
    return words;
  };
}

async function standing(runId: string) {
  const run = await getDb().actionRun.findUniqueOrThrow({
    where: { id: runId },
    include: { receipts: true, decision: true, revocation: true, payloadChanges: true },
  });
  const kinds = run.receipts.map(({ kind }) => kind).sort();
  return { ...run, kinds, isClaimed: run.claimTokenHash !== null };
}

describe("one ending", () => {
  it.each([
    ["an approval", "approval", {}, 0],
    ["an approval with a change", "change", { changes: { amount: "4" }, comment: "Less is enough." }, 1],
  ])("of a withdrawal and %s: what loses approves nothing", TIMEOUT, async (_, name, how, changes) => {
    const seen: string[] = [];
    const race = races((_withdrawn, approved) => approved !== "ok");
    for (let round = 0; round < ROUNDS; round++) {
      const { runId, link } = await ask();
      const [withdrawn, approved] = await race(
        round,
        (api) => withdraw(api, runId),
        (api) => approve(api, link, how),
      );
      const run = await standing(runId);
      // An approved run that nobody has claimed can still be withdrawn, so a withdrawal never loses to an approval.
      expect(withdrawn).toBe("ok");
      expect(run).toMatchObject({
        governanceStatus: "rejected",
        governanceReason: "withdrawn",
        executionStatus: "not_executed",
        isClaimed: false,
      });
      if (approved === "ok") {
        expect(run).toMatchObject({
          decision: { decision: "approve" },
          revocation: { reason: "withdrawn" },
          kinds: ["decision", "revocation"],
        });
      } else {
        expect(approved).toBe("already_decided");
        expect(run).toMatchObject({ decision: { decision: "withdraw" }, revocation: null, kinds: ["decision"] });
      }
      // Of a change that lost, nothing is left.
      expect(run.payloadChanges).toHaveLength(approved === "ok" ? changes : 0);
      seen.push(approved === "ok" ? "approved, then withdrawn" : "withdrawn first, approver told");
    }
    printFigures(`Withdrawal against ${name}`, { rounds: ROUNDS, ...tally(seen) });
  });

  it.each([
    ["revocation", "approval_revoked", (api: ApiClient, { link }: Round) => revoke(api, link)],
    ["withdrawal", "withdrawn", (api: ApiClient, { runId }: Round) => withdraw(api, runId)],
  ] as const)("of a %s and a claim: one wins, and the loser is told", TIMEOUT, async (name, reason, end) => {
    const seen: string[] = [];
    const race = races((ended) => ended === "ok");
    for (let round = 0; round < ROUNDS; round++) {
      const asked = await ask();
      expect(wordOf(await untilAnswered(() => approve(first, asked.link)))).toBe("ok");
      const [ended, claimed] = await race(
        round,
        (api) => end(api, asked),
        (api) => claim(api, asked.runId),
      );
      const run = await standing(asked.runId);
      if (claimed === "ok") {
        expect(ended).toBe("already_claimed");
        expect(run).toMatchObject({ governanceStatus: "approved", isClaimed: true, revocation: null, kinds: ["decision"] });
      } else {
        expect([ended, claimed]).toEqual(["ok", "not_executable"]);
        expect(run).toMatchObject({
          governanceStatus: "rejected",
          governanceReason: reason,
          isClaimed: false,
          kinds: ["decision", "revocation"],
        });
      }
      seen.push(claimed === "ok" ? "claimed" : "ended");
    }
    printFigures(`${name} against claim`, { rounds: ROUNDS, ...tally(seen) });
  });

  it("of an approval that lapses and a claim at the same moment: one wins, and the loser is told", TIMEOUT, async () => {
    const seen: string[] = [];
    // After a claim that won the approval ends sooner, and later after one that lost, so that either wins about half of the rounds.
    let milliseconds = 20;
    for (let round = 0; round < ROUNDS; round++) {
      const { runId, link } = await ask();
      expect(wordOf(await untilAnswered(() => approve(first, link)))).toBe("ok");
      await getDb().$executeRaw`
        UPDATE action_runs SET approval_valid_until = date_trunc('milliseconds', clock_timestamp()) + make_interval(secs => ${milliseconds / 1000})
        WHERE id = ${runId}::uuid`;
      const [claimed, hasLapsed] = await Promise.all([untilAnswered(() => claim(round % 2 ? first : second, runId)), untilLapsed(runId)]);
      const run = await standing(runId);
      if (wordOf(claimed) === "ok") {
        expect([hasLapsed, run.isClaimed, run.governanceStatus, run.kinds]).toEqual([false, true, "approved", ["decision"]]);
      } else {
        expect([wordOf(claimed), hasLapsed]).toEqual(["not_executable", true]);
        expect(run).toMatchObject({ governanceReason: "approval_lapsed", isClaimed: false, kinds: ["decision", "revocation"] });
      }
      milliseconds = Math.max(0, milliseconds + (hasLapsed ? 2 : -2));
      seen.push(hasLapsed ? "lapsed" : "claimed");
    }
    printFigures("Lapse against claim", { rounds: ROUNDS, ...tally(seen) });
  });
});

/** Tries as the worker does until the approval has lapsed, or someone has claimed the run. */
async function untilLapsed(runId: string): Promise<boolean> {
  for (;;) {
    if (await lapseApproval(systemContext(workspace.workspaceId), runId)) return true;
    if ((await standing(runId)).isClaimed) return false;
  }
}
