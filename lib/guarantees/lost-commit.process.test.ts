import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClaimResponse } from "@/lib/contract/claim";
import type { InterceptResponse } from "@/lib/contract/intercept";
import { disconnectDb, getDb } from "@/lib/db/client";
import { getEnv } from "@/lib/env";
import { type Answer, INTERCEPT, problemOf, runPath } from "@/lib/testing/api-suite/api-client";
import { claimOk, linkToken, makeAction, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { printFigures } from "@/lib/testing/guarantees/print-figures";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { startTcpProxy, type TcpProxy } from "@/lib/testing/tcp-proxy";

const ROUNDS = proofSize(20, 500);
const ACTIONS = ["export_report", "delete_customer", "refund_customer"];

let proxy: TcpProxy;
let daai: ConsoleProcess;
let workspace: TestWorkspace;

beforeAll(async () => {
  const url = new URL(getEnv().DATABASE_URL);
  proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  // Without a worker nothing but the requests of this test talks to the database.
  daai = await startConsole({ databaseUrl: url.href, env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited" } });
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "export_report", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "delete_customer", policy: { type: "always_block" } });
  await makeAction(workspace, { name: "refund_customer" });
  // What the process keeps in memory from now on leaves an intercept one statement, which commits by itself.
  for (const action of ACTIONS) expect((await intercept({ action, payload: {} })).status).toBe(200);
});

afterAll(async () => {
  await daai?.stop();
  await proxy?.close();
  await disconnectDb();
});

describe("when the answer to a COMMIT is lost", () => {
  it("an intercept finds its run again and answers, with or without a key", { timeout: 600_000 }, async () => {
    for (let n = 0; n < ROUNDS; n++) {
      const hasKey = n % 2 === 0;
      const request = {
        action: ACTIONS[n % 3],
        payload: { once: n },
        claim: { worker: "w" },
        ...(hasKey && { idempotency_key: `once-${n}` }),
      };
      const lost = proxy.loseResponseAfter(0);
      const answer = await intercept(request);
      await lost;
      expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
      const { action_run_id: id, idempotent_replay: isReplay, receipt, claim, executable } = answer.json as InterceptResponse;
      expect([isReplay, executable, claim !== null]).toEqual([false, n % 3 === 0, n % 3 === 0]);
      expect(await runsWith({ once: n })).toEqual([id]);
      expect((await getDb().receipt.findMany({ where: { runId: id } })).map((kept) => kept.id)).toEqual(receipt ? [receipt.id] : []);
      if (claim) expect((await post(id, "report-executed", { claim_token: claim.token })).status).toBe(200);
      if (hasKey) expect((await intercept(request)).json).toMatchObject({ action_run_id: id, idempotent_replay: true, executable: false });
    }
    printFigures("Lost COMMIT reply, found again", { intercepts: ROUNDS, "answered 200": ROUNDS, "runs each": 1 });
  });

  it("and no connection comes back, it is a 503, and the key gives exactly one run", { timeout: 600_000 }, async () => {
    for (let n = 0; n < ROUNDS; n++) {
      const request = { action: ACTIONS[n % 3], payload: { away: n }, idempotency_key: `away-${n}` };
      proxy.setMode("drop-response");
      const answer = await intercept(request);
      expect([...problemOf(answer), answer.headers.get("retry-after")]).toEqual([503, "database_unavailable", "1"]);
      expect(answer.text).not.toContain("executable");
      proxy.setMode("pass");
      const again = await intercept(request);
      expect(again.json).toMatchObject({ idempotent_replay: true, executable: n % 3 === 0 });
      expect(await runsWith({ away: n })).toEqual([(again.json as InterceptResponse).action_run_id]);
    }
    printFigures("Lost COMMIT reply, database gone", {
      intercepts: ROUNDS,
      "answered 503": ROUNDS,
      "runs each after the same key again": 1,
    });
  });

  it("a report counts once", async () => {
    const losses = await loseEachResponse(async () => {
      const runId = await makeRun(workspace, "always_allow");
      const report = { claim_token: await claimOk(workspace, runId), execution_result: { sent: 1 } };
      return {
        ask: () => post(runId, "report-executed", report),
        check: async () => {
          expect((await post(runId, "report-executed", report)).json).toMatchObject({ execution_status: "executed" });
          expect(await getDb().receipt.count({ where: { runId, kind: "execution" } })).toBe(1);
        },
      };
    });
    printFigures("Lost replies, report", losses);
  });

  it("a claim is nobody else's", async () => {
    const losses = await loseEachResponse(async () => {
      const runId = await makeRun(workspace, "always_allow");
      return {
        ask: () => post(runId, "claim", { worker: "w" }),
        check: async (answer) => {
          const again = await post(runId, "claim", { worker: "another" });
          // Who was told nothing executes nothing; the run may be claimed without anyone knowing its token.
          if (answer.status === 200) expect(problemOf(again)).toEqual([409, "already_claimed"]);
          const holder = [answer, again].find(({ status }) => status === 200)?.json as ClaimResponse | undefined;
          if (holder) expect((await post(runId, "claim/renew", { claim_token: holder.claim.token })).status).toBe(200);
        },
      };
    });
    printFigures("Lost replies, claim", losses);
  });

  it("a decision counts once, and its approver is told", async () => {
    const losses = await loseEachResponse(async () => {
      const runId = await makeRun(workspace, "always_require_approval");
      const path = `/api/v1/public/decisions/${await linkToken(runId)}`;
      const decide = () => daai.api.post(path, { decision: "approve", confirm: true });
      return {
        ask: decide,
        check: async () => {
          const again = await decide();
          if (again.status !== 200) {
            expect(problemOf(again)).toEqual([410, "link_used"]);
            expect(again.json).toMatchObject({ decision: "approved", decided_by: workspace.ownerEmail });
          }
          expect(await getDb().decision.count({ where: { runId } })).toBe(1);
          expect(await getDb().receipt.count({ where: { runId } })).toBe(1);
        },
      };
    });
    printFigures("Lost replies, decision", losses);
  });
});

interface Trial {
  ask(): Promise<Answer>;
  check(answer: Answer): Promise<void>;
}

/** A new trial for the first, the second, … answer of the database that a request needs, until it needs no more. */
async function loseEachResponse(begin: () => Promise<Trial>): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  for (let after = 0; ; after++) {
    const { ask, check } = await begin();
    let isLost = false;
    void proxy.loseResponseAfter(after).then(() => (isLost = true));
    const answer = await ask();
    void proxy.loseResponseAfter(Infinity);
    if (!isLost) {
      expect(answer.status).toBe(200);
      return { "replies lost": after, ...statuses };
    }
    expect([200, 503]).toContain(answer.status);
    statuses[`answered ${answer.status}`] = (statuses[`answered ${answer.status}`] ?? 0) + 1;
    await check(answer);
  }
}

function intercept(request: object): Promise<Answer> {
  return daai.api.post(INTERCEPT, request, { as: workspace });
}

function post(runId: string, rest: string, body: object): Promise<Answer> {
  return daai.api.post(runPath(runId, rest), body, { as: workspace });
}

async function runsWith(payload: object): Promise<string[]> {
  const runs = await getDb().actionRun.findMany({ where: { payload: { equals: payload } }, select: { id: true } });
  return runs.map(({ id }) => id);
}
