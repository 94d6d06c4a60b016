import { describe, expect, test } from "vitest";
import { operatorContext, systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { registerAction } from "@/lib/registered-actions/register-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { atOnce, expectOk, makeAction, makeWorkspace, tally } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { untilAvailable } from "@/lib/testing/until-available";
import { withinOnePeriod } from "@/lib/testing/within-one-period";
import { createUser } from "@/lib/users/create-user";
import { createWorkspace } from "@/lib/workspaces/create-workspace";
import { countLinkGuess } from "./count-link-guess";
import { deleteOldCounters } from "./delete-old-counters";
import { setLimits } from "./set-limits";

const operator = operatorContext(null);
const codes = (outcomes: ({ ok: true } | { ok: false; code: string })[]) =>
  tally(outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.code)));

describe("active workspaces", () => {
  test("of 100 at once, exactly two are made; a refusal records nothing and says so", async () => {
    const { email: ownerEmail } = expectOk(await createUser(operator, { email: "many@example.com" }));
    const create = () => createWorkspace(operator, { ownerEmail, name: "One", clientName: "Client" });
    expect(codes(await atOnce(100, () => untilAvailable(create)))).toEqual({ ok: 2, workspace_limit: 98 });
    expect(await getDb().workspace.count({ where: { owner: { email: ownerEmail } } })).toBe(2);
    const before = await tableContents();
    expect(await create()).toMatchObject({ code: "workspace_limit", fields: { limit: 2, used: 2 } });
    expect(await tableContents()).toEqual(before);
  });
});

describe("active actions", () => {
  const register = (workspace: { ctx: Parameters<typeof registerAction>[0] }, name: string) =>
    registerAction(workspace.ctx, { name, title: name, policy: { type: "always_allow" } });

  test("of 100 registered at once, exactly three are", async () => {
    const workspace = await makeWorkspace({ plan: "free" });
    expect(codes(await atOnce(100, (i) => untilAvailable(() => register(workspace, `action_${i}`))))).toEqual({ ok: 3, action_limit: 97 });
    expect(await getDb().registeredAction.count({ where: { workspaceId: workspace.workspaceId } })).toBe(3);
    const before = await tableContents();
    expect(await register(workspace, "one_more")).toMatchObject({ code: "action_limit", fields: { limit: 3, used: 3 } });
    expect(await tableContents()).toEqual(before);
  });

  test("one name registered 30 times at once is one action, and counts once", async () => {
    const workspace = await makeWorkspace({ limits: { activeActionsPerWorkspace: 50 } });
    expect(codes(await atOnce(30, () => untilAvailable(() => register(workspace, "pay"))))).toEqual({ ok: 1, validation_failed: 29 });
    expect(await getDb().usageCounter.findFirst({ where: { subject: workspace.workspaceId } })).toMatchObject({ count: 1 });
  });

  test("registering, activating and deactivating at once never pass the limit, and the counter stays true", async () => {
    const workspace = await makeWorkspace({ limits: { activeActionsPerWorkspace: 8 } });
    const { workspaceId, ctx } = workspace;
    for (let i = 0; i < 8; i++) await makeAction(workspace, { name: `action_${i}` });
    for (let round = 0; round < 6; round++) {
      await atOnce(24, (i) =>
        untilAvailable<{ ok: boolean }>(() =>
          i % 4 === 0
            ? register(workspace, `new_${round}_${i}`)
            : setActionActive(ctx, { name: `action_${(i * 5) % 8}`, isActive: (i + round) % 2 === 0 }),
        ),
      );
      const active = await getDb().registeredAction.count({ where: { workspaceId, isActive: true } });
      expect(active).toBeLessThanOrEqual(8);
      expect(await getDb().usageCounter.findFirst({ where: { subject: workspaceId } })).toMatchObject({ count: active });
    }
  });

  test("activating past the limit is refused whole; asking for what is so costs nothing", async () => {
    const workspace = await makeWorkspace({ limits: { activeActionsPerWorkspace: 1 } });
    const { ctx } = workspace;
    await makeAction(workspace, { name: "first" });
    expectOk(await setActionActive(ctx, { name: "first", isActive: false }));
    await makeAction(workspace, { name: "second" });
    const before = await tableContents();
    expect(await setActionActive(ctx, { name: "first", isActive: true })).toMatchObject({
      code: "action_limit",
      fields: { limit: 1, used: 1 },
    });
    expectOk(await setActionActive(ctx, { name: "second", isActive: true }));
    expectOk(await setActionActive(ctx, { name: "first", isActive: false }));
    expect(await tableContents()).toEqual(before);
  });
});

describe("setLimits", () => {
  test("what is set at the same moment all holds", async () => {
    const { ownerEmail } = await makeWorkspace();
    const names = ["runsPerMonth", "emailsPerMonth", "interceptsPerMinute", "interceptsPerDay", "activeWorkspaces"] as const;
    await Promise.all(names.map((name, i) => setLimits(operator, { ownerEmail, overrides: { [name]: i } })));
    const { limits } = expectOk(await setLimits(operator, { ownerEmail, overrides: {} }));
    expect(names.map((name) => limits[name])).toEqual([0, 1, 2, 3, 4]);
  });

  test("after a lowered limit, a refusal tells how many there are", async () => {
    const workspace = await makeWorkspace();
    for (const name of ["first", "second", "third"]) await makeAction(workspace, { name });
    expectOk(
      await setLimits(operator, { ownerEmail: workspace.ownerEmail, overrides: { activeActionsPerWorkspace: 2, activeWorkspaces: 0 } }),
    );
    const more = { title: "More", policy: { type: "always_allow" as const } };
    expect(await registerAction(workspace.ctx, { name: "fourth", ...more })).toMatchObject({ fields: { limit: 2, used: 3 } });
    expect(await createWorkspace(operator, { ownerEmail: workspace.ownerEmail, name: "More", clientName: "More" })).toMatchObject({
      fields: { limit: 0, used: 1 },
    });
  });

  test("an unknown owner is refused", async () => {
    expect(await setLimits(operator, { ownerEmail: "nobody@example.com", overrides: {} })).toMatchObject({ code: "validation_failed" });
  });
});

describe("guesses of links", () => {
  test("of 100 at once from one network, 20 a minute are told that there is no such link, on any plan; other networks are not touched", () =>
    withinOnePeriod("minute", async () => {
      process.env.DAAI_PLAN = "unlimited";
      resetEnvCache();
      try {
        const network = `2001:db8:1:${Math.floor(Math.random() * 0xffff).toString(16)}`;
        const guess = (n: number) => countLinkGuess(visitorContext(), `${network}::${n.toString(16)}`);
        expect(codes(await atOnce(100, (n) => untilAvailable(() => guess(n))))).toEqual({ ok: 20, too_many_link_attempts: 80 });
        const refusal = await guess(1);
        expect(refusal).toMatchObject({ fields: { limit: 20 } });
        const seconds = "retryAfterSeconds" in refusal ? (refusal.retryAfterSeconds ?? 0) : 0;
        expect(seconds).toBeGreaterThanOrEqual(1);
        expect(seconds).toBeLessThanOrEqual(60);
        expectOk(await countLinkGuess(visitorContext(), "198.51.100.77"));
        const counters = await getDb().usageCounter.findMany({ where: { scope: "link_guess_client" } });
        expect(JSON.stringify(counters)).not.toContain(network);
      } finally {
        delete process.env.DAAI_PLAN;
        resetEnvCache();
      }
    }));
});

test("old counters are deleted, present ones and those without an end are kept", async () => {
  const at = (interval: string) => getDb().$executeRaw`
    INSERT INTO usage_counters VALUES ('intercepts_per_day', ${interval}, date_trunc('day', now()) - ${interval}::interval, 1)`;
  for (const interval of ["0 days", "40 days", "70 days"]) await at(interval);
  const forever = await getDb().usageCounter.count({ where: { periodStart: new Date(0) } });
  expect(forever).toBeGreaterThan(0);
  await deleteOldCounters(systemContext(null));
  const kept = await getDb().usageCounter.findMany({ where: { subject: { endsWith: " days" } }, orderBy: { subject: "asc" } });
  expect(kept.map(({ subject }) => subject)).toEqual(["0 days", "40 days"]);
  expect(await getDb().usageCounter.count({ where: { periodStart: new Date(0) } })).toBe(forever);
});
