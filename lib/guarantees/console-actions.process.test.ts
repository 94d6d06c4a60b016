import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disconnectDb, getDb } from "@/lib/db/client";
import { isPermitted } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { callServerAction, serverActionId } from "@/lib/testing/console/call-server-action";
import { findServerActions, type ServerActionScope } from "@/lib/testing/console/console-surface";
import { SERVER_ACTION_ROWS, type ServerActionRow } from "@/lib/testing/console/server-action-rows";
import { makeSweepWorld, NOTHING, type SweepWorld } from "@/lib/testing/console/sweep-world";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { type ConsoleProcess, startConsole } from "@/lib/testing/guarantees/start-consoles";

const SOURCES = findServerActions();
const keyOf = ({ file, name }: { file: string; name: string }) => `${file.split("/")[1]} ${name}`;
const rowsOf = (scope: ServerActionScope) =>
  SOURCES.filter((source) => source.scope === scope).map((source) => ({
    key: keyOf(source),
    id: serverActionId(source.file, source.name),
    row: SERVER_ACTION_ROWS[keyOf(source)],
  }));

/** Whoever takes part in them would end what other rows need. */
const ENDS_OWN_ACCESS = ["members leave", "users signMeOutEverywhere"];

let daai: ConsoleProcess;
let world: SweepWorld;
beforeAll(async () => {
  daai = await startConsole({ env: { DAAI_WORKER: "off", DAAI_PLAN: "unlimited", DAAI_SIGN_UP: "closed" } });
  world = await makeSweepWorld();
});
afterAll(async () => {
  await daai?.stop();
  await disconnectDb();
});

it("every server action is made by a wrapper that says who it is for, and has a row", () => {
  expect(SOURCES.filter(({ scope }) => scope === null)).toEqual([]);
  expect(Object.keys(SERVER_ACTION_ROWS).sort()).toEqual(SOURCES.map(keyOf).sort());
});

async function call(row: { key: string; id: string | undefined }, cookie: string, args: unknown[], sentFrom?: string | null) {
  if (row.id === undefined) throw new Error(`No page uses ${row.key}: delete it.`);
  return callServerAction(daai.server.url, { id: row.id, args, cookie, ...(sentFrom !== undefined && { sentFrom }) });
}

const need = (row: ServerActionRow | undefined): ServerActionRow => {
  if (!row) throw new Error("The server action has no row.");
  return row;
};

/** Everything of the workspace that a server action could change, and its members' sessions. */
async function stateOfMine(): Promise<unknown> {
  const { workspaceId } = world.mine;
  const db = getDb();
  const where = { workspaceId };
  return Promise.all([
    db.workspace.findUnique({ where: { id: workspaceId } }),
    db.member.findMany({ where, orderBy: { userId: "asc" } }),
    db.invitation.findMany({ where, orderBy: { id: "asc" } }),
    db.apiKey.findMany({ where, orderBy: { id: "asc" } }),
    db.managementKey.findMany({ where, orderBy: { id: "asc" } }),
    db.registeredAction.findMany({ where, orderBy: { id: "asc" } }),
    db.policyVersion.findMany({ where, orderBy: { id: "asc" } }),
    db.actionRun.findMany({ where, orderBy: { id: "asc" } }),
    db.receipt.count({ where }),
    db.receiptShare.findMany({ where, orderBy: { id: "asc" } }),
    db.auditEvent.count({ where }),
    db.savedView.findMany({ where, orderBy: { id: "asc" } }),
    db.session.findUnique({ where: { id: world.things.sessionId }, omit: { lastSeenAt: true } }),
  ]);
}

describe("a member's server action", () => {
  it.each(rowsOf("member"))("$key: strangers get nowhere, and cannot tell a foreign workspace from a missing one", async (row) => {
    const before = await stateOfMine();
    const { input } = need(row.row);
    const { cookies, mine, other, things } = world;
    for (const cookie of ["", cookies.revoked]) {
      expect((await call(row, cookie, [mine.workspaceId, input(things)])).outcome).toMatchObject({ ok: false, code: "not_signed_in" });
    }
    const foreign = (await call(row, cookies.stranger, [mine.workspaceId, input(things)])).outcome;
    const missing = (await call(row, cookies.stranger, [NOTHING.runId, input(things)])).outcome;
    expect(foreign).toMatchObject({ ok: false, code: "not_found" });
    expect(missing).toEqual(foreign);
    for (const nonsense of [null, {}, [mine.workspaceId], "'; --"]) {
      expect((await call(row, cookies.owner, [nonsense, input(things)])).outcome).toEqual(foreign);
    }
    // In their own workspace they may, but not with what is ours.
    if (!ENDS_OWN_ACCESS.includes(row.key)) await call(row, cookies.stranger, [other.workspaceId, input(things)]);
    expect(await stateOfMine()).toEqual(before);
  });

  it.each(rowsOf("member"))("$key: every role may do what the table says, and no more", async (row) => {
    const { permission, input } = need(row.row);
    if (permission === undefined) throw new Error("Its row does not say what it asks of a member.");
    if (ENDS_OWN_ACCESS.includes(row.key)) return;
    for (const role of ROLES) {
      const { outcome } = await call(row, world.cookies[role], [world.mine.workspaceId, input(NOTHING)]);
      const isRefused = outcome?.ok === false && outcome.code === "not_permitted";
      expect(outcome?.code).not.toBe("internal_error");
      expect({ role, isRefused, wasAnswered: outcome !== null }).toEqual({
        role,
        isRefused: permission !== null && !isPermitted(role, permission),
        wasAnswered: true,
      });
    }
  });
});

describe("a signed-in person's server action", () => {
  it.each(rowsOf("user"))("$key: needs a session, and gives a stranger nothing of another workspace", async (row) => {
    const before = await stateOfMine();
    const { input } = need(row.row);
    const { cookies, things } = world;
    for (const cookie of ["", cookies.revoked])
      expect((await call(row, cookie, [input(things)])).outcome).toMatchObject({ ok: false, code: "not_signed_in" });
    if (!ENDS_OWN_ACCESS.includes(row.key)) {
      const { text } = await call(row, cookies.stranger, [input(things)]);
      expect(text).not.toContain(`"${things.workspaceName}"`);
      expect(text).not.toContain("internal_error");
    }
    expect(await stateOfMine()).toEqual(before);
  });
});

describe("an operator's server action", () => {
  it("exists for nobody else", async () => {
    // The link of an invitation is in its mail.
    await drainJobs();
    for (const row of rowsOf("operator")) {
      const args = [need(row.row).input(world.things)];
      for (const cookie of ["", world.cookies.revoked])
        expect((await call(row, cookie, args)).outcome).toMatchObject({ ok: false, code: "not_signed_in" });
      for (const who of [...ROLES, "stranger"] as const)
        expect((await call(row, world.cookies[who], args)).outcome).toMatchObject({ ok: false, code: "not_found" });
      expect((await call(row, world.cookies.operator, args)).outcome).toMatchObject(need(row.row).operatorGets ?? { ok: true });
    }
  });
});

describe("any server action", () => {
  it.each(SOURCES.map((source) => ({ key: keyOf(source), id: serverActionId(source.file, source.name), scope: source.scope })))(
    "$key: is refused from another site, and answers nonsense",
    async (row) => {
      const input = need(SERVER_ACTION_ROWS[row.key]).input(NOTHING);
      const args = row.scope === "member" ? [world.mine.workspaceId, input] : [input];
      const cookie = row.scope === "operator" ? world.cookies.operator : world.cookies.owner;
      for (const sentFrom of ["https://evil.example", "null", null]) {
        const { status, outcome } = await call(row, cookie, args, sentFrom);
        expect({ sentFrom, status, ok: outcome?.ok ?? false }).toEqual({ sentFrom, status: 403, ok: false });
      }
      if (ENDS_OWN_ACCESS.includes(row.key)) return;
      for (const nonsense of [null, 7, "x", [], { unknown: 1 }, { __proto__: null, id: {} }]) {
        const { outcome } = await call(row, cookie, row.scope === "member" ? [world.mine.workspaceId, nonsense] : [nonsense]);
        expect(outcome).toMatchObject({ ok: false, code: "validation_failed" });
      }
    },
  );
});
