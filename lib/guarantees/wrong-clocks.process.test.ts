import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "@/lib/domain/time/units";
import { getEnv } from "@/lib/env";
import { type Answer, INTERCEPT, runPath } from "@/lib/testing/api-suite/api-client";
import { linkToken, makeAction, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";
import { runAdmin } from "@/lib/testing/run-admin";
import { sessionCookie } from "@/lib/testing/session-cookie";

/** Runs in a process before anything else, and in its threads. */
const shifted = (byMs: number) => `
  const Real = Date;
  const now = () => Real.now() + ${byMs};
  globalThis.Date = new Proxy(Real, {
    construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
    apply: () => new Real(now()).toString(),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });`;
const clockOff = (byMs: number) => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shifted(byMs))}` });
const NEAR_MS = MINUTE_MS;
/** "59 min": a page says how long there is to decide. */
const timeLeftOn = (html: string) => /Time left.{1,200}?(?<left>\d+ (?:min|h|days?)[^<]*)/s.exec(html)?.groups?.left;

let consoles: Record<"behind" | "ahead", ConsoleProcess>;
let workspace: TestWorkspace;
let cookie: { Cookie: string };

beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "ask", policy: { type: "always_require_approval" }, approvalWindowMinutes: 60 });
  const [behind, ahead] = await Promise.all([-DAY_MS, DAY_MS].map((byMs) => startConsole({ env: clockOff(byMs) })));
  if (!behind || !ahead) throw new Error("A console is missing.");
  consoles = { behind, ahead };
  const { id } = await getDb().user.findUniqueOrThrow({ where: { email: workspace.ownerEmail } });
  cookie = (await sessionCookie(id)).headers;
});

afterAll(async () => {
  await Promise.all(Object.values(consoles ?? {}).map((one) => one.stop()));
  await disconnectDb();
});

const ok = ({ status, json, text }: Answer) => {
  expect([status, text]).toEqual([200, text]);
  return json as Record<string, string> & { claim: { token: string; expires_at: string } };
};
const near = (time: Date | string | null | undefined, afterMs = 0) =>
  expect(Math.abs(new Date(time ?? 0).getTime() - Date.now() - afterMs)).toBeLessThan(NEAR_MS);

describe.each([
  ["behind", "ahead"],
  ["ahead", "behind"],
] as const)("a console whose clock is a day %s, beside one that is a day %s", (one, other) => {
  it("decides, grants and records by the database's time", async () => {
    const [first, second] = [consoles[one], consoles[other]];
    const { action_run_id: runId = "" } = ok(await first.api.post(INTERCEPT, { action: "ask", payload: { one } }, { as: workspace }));
    const token = await linkToken(runId);

    // Both say how long there is to decide.
    for (const { api } of [first, second]) {
      const page = await api.get(`/decide/${token}`);
      expect([page.status, timeLeftOn(page.text)]).toEqual([200, expect.stringMatching(/^(1 h|5[89] min)$/)]);
    }
    const decided = await second.api.post(`/api/v1/public/decisions/${token}`, { decision: "approve", confirm: true });
    expect([decided.status, decided.text]).toEqual([200, decided.text]);

    const { claim } = ok(await first.api.post(runPath(runId, "claim"), { worker: "w", lease_seconds: 300 }, { as: workspace }));
    near(claim.expires_at, 300_000);
    // The lease still counts where it would have ended yesterday.
    const again = await second.api.post(runPath(runId, "claim"), { worker: "v" }, { as: workspace });
    expect(again.status).toBe(409);
    const reported = { execution_result: {}, claim_token: claim.token };
    ok(await second.api.post(runPath(runId, "report-executed"), reported, { as: workspace }));

    const run = await getDb().actionRun.findUniqueOrThrow({ where: { id: runId }, include: { receipts: true } });
    expect(run).toMatchObject({ governanceStatus: "approved", executionStatus: "executed" });
    for (const time of [run.createdAt, run.decidedAt, run.claimedAt, run.executionReportedAt]) near(time);
    near(run.expiresAt, HOUR_MS);
    expect(run.receipts.length).toBeGreaterThan(1);
    for (const { createdAt } of run.receipts) near(createdAt);
  });

  it("lets people in, and shows them what waits", async () => {
    const { action_run_id: runId } = ok(
      await consoles[other].api.post(INTERCEPT, { action: "ask", payload: { other } }, { as: workspace }),
    );
    const { status, text } = await consoles[one].api.get(`/approvals?run=${runId}`, { headers: cookie });
    expect([status, timeLeftOn(text)]).toEqual([200, expect.stringMatching(/^(1 h|5[89] min)$/)]);
  });
});

it("doctor says by how much the clocks differ", async () => {
  const failed = await runAdmin(getEnv().DATABASE_URL, ["doctor"], clockOff(DAY_MS)).catch((error: { stdout: string }) => error.stdout);
  const { checks } = JSON.parse(failed as string) as { checks: { name: string; status: string; detail: string }[] };
  expect(checks.find(({ name }) => name === "clock")).toEqual({
    name: "clock",
    status: "problem",
    detail: expect.stringMatching(/differ by 86\d{3}\.\d seconds: synchronize both clocks\. Decisions use the database's\.$/) as string,
  });
});
