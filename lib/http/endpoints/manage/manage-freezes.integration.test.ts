import { beforeEach, describe, expect, test } from "vitest";
import { operatorContext } from "@/lib/auth/contexts";
import { freezeClaimsResponseSchema, freezeTargetsResponseSchema, managedFreezesResponseSchema } from "@/lib/contract/manage-freezes";
import { getDb } from "@/lib/db/client";
import type { ManagementScope } from "@/lib/domain/access/management-scopes";
import { readFreezeBody } from "@/lib/domain/log/read-receipt-body";
import { setThawRule } from "@/lib/freezes/set-thaw-rule";
import { freezeConsole, startFreeze } from "@/lib/freezes/start-freeze";
import { thaw, thawConsole } from "@/lib/freezes/thaw";
import {
  atOnce,
  claimOk,
  expectOk,
  makeAction,
  makePerson,
  makeWorkspace,
  proposeOk,
  type TestWorkspace,
  tally,
} from "@/lib/testing/factories";
import { type ManagementClient, managementClient } from "@/lib/testing/management-client";

const PATH = "/api/v1/manage/freezes";
const REASON = { reason: "Wrong refunds" };

let workspace: TestWorkspace;
let manage: ManagementClient;
const managerWith = (...scopes: ManagementScope[]) => managementClient(workspace, scopes);
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "refund", policy: { type: "always_allow" } });
  manage = await managerWith("freezes:read", "freezes:start", "freezes:thaw");
});

const refund = () => proposeOk(workspace, { action: "refund", payload: { amount: "5" } });
const freeze = async (body: object = {}) => freezeClaimsResponseSchema.parse((await manage("POST", PATH, { ...REASON, ...body })).json);
const endOf = (id: string) => `${PATH}/${id}/thaw`;

describe("a freeze in the management API", () => {
  test("stops an action, a key or the workspace until it's thawed, with what may still be running", async () => {
    const { actions, api_keys: keys } = freezeTargetsResponseSchema.parse((await manage("GET", "/api/v1/manage/freeze-targets")).json);
    const running = (await refund()).action_run_id;
    await claimOk(workspace, running);
    const claims = [{ action_run_id: running, state: "held" }];
    for (const [scope, target] of [
      ["action", { action: actions[0]?.action }],
      ["api_key", { api_key_id: keys[0]?.api_key_id }],
      ["workspace", {}],
    ] as const) {
      const frozen = await freeze(target);
      expect(frozen).toMatchObject({
        scope,
        ...target,
        ...REASON,
        frozen_by: workspace.ownerEmail,
        thawed_at: null,
        claims,
        claim_count: 1,
      });
      expect(await refund()).toMatchObject({ governance_reason: "frozen" });
      expect((await manage("GET", `${PATH}/${frozen.freeze_id}`)).json).toEqual(frozen);
      const thawed = await manage("POST", endOf(frozen.freeze_id), { comment: "Found it" });
      expect(thawed).toMatchObject({ status: 200, json: { thawed_by: workspace.ownerEmail, thaw_comment: "Found it" } });
      expect(await refund()).toMatchObject({ governance_status: "allowed" });
    }
    const { workspaceId } = workspace;
    const receipts = await getDb().receipt.findMany({ where: { workspaceId, kind: { in: ["freeze", "thaw"] } } });
    expect(receipts.map(({ body }) => readFreezeBody(body)?.channel)).toEqual(Array(6).fill("management_api"));
    const events = await getDb().auditEvent.findMany({ where: { workspaceId, verb: { in: ["workspace.frozen", "workspace.thawed"] } } });
    expect(tally(events.map(({ actorType }) => actorType))).toEqual({ management_key: 6 });
  });

  test("sent again, also by many at once, is one freeze; what is frozen for another reason is a conflict", async () => {
    const answers = await atOnce(5, () => manage("POST", PATH, { action: "refund", ...REASON }));
    expect(tally(answers.map(({ status }) => String(status)))).toEqual({ 200: 4, 201: 1 });
    const [id] = [...new Set(answers.map(({ json }) => String(json.freeze_id)))];
    expect(await manage("POST", PATH, { action: "refund", reason: "Another" })).toMatchObject({
      status: 409,
      json: { code: "already_frozen", detail: expect.stringContaining("Wrong refunds") as string },
    });
    const first = await manage("POST", endOf(id ?? ""), { comment: "First" });
    expect((await manage("POST", endOf(id ?? ""), { comment: "Second" })).json).toEqual(first.json);
  });

  test("is listed page by page, the newest first, by whether it holds", async () => {
    const { freeze_id: ended } = await freeze({ action: "refund" });
    await manage("POST", endOf(ended), {});
    const { freeze_id: held } = await freeze();
    const listed = async (query: string) =>
      managedFreezesResponseSchema.parse((await manage("GET", `${PATH}${query}`)).json).freezes.map(({ freeze_id }) => freeze_id);
    expect([await listed(""), await listed("?state=active"), await listed("?state=ended"), await listed(`?before=${held}`)]).toEqual([
      [held, ended],
      [held],
      [ended],
      [ended],
    ]);
  });

  test("of the whole console is shown, and thawed by an operator alone", async () => {
    const operator = operatorContext(null, "ops@example.com");
    const { freezeId } = expectOk(await freezeConsole(operator, { ...REASON, channel: "admin_cli" }));
    expect((await manage("GET", `${PATH}/${freezeId}`)).json).toMatchObject({ scope: "console", thawed_at: null });
    expect(await manage("POST", endOf(freezeId), {})).toMatchObject({
      status: 403,
      json: { code: "not_permitted", detail: "Only an operator can thaw the whole console." },
    });
    expectOk(await thawConsole(operator, { freezeId, comment: null, channel: "admin_cli" }));
    expect(await manage("POST", endOf(freezeId), {})).toMatchObject({ status: 200, json: { thawed_by: "ops@example.com" } });
  });

  test.each([
    [404, "not_found", { action: "nobody_registered", ...REASON }],
    [404, "not_found", { api_key_id: "01890000-0000-7000-8000-000000000001", ...REASON }],
    [422, "validation_failed", { reason: "  " }],
    [422, "validation_failed", { action: "a".repeat(65), ...REASON }],
    [422, "validation_failed", { action: "refund", api_key_id: "01890000-0000-7000-8000-000000000001", ...REASON }],
  ])("is refused with %i %s: %j", async (status, code, body) => {
    expect(await manage("POST", PATH, body)).toMatchObject({ status, json: { code } });
    expect(await getDb().freeze.count({ where: { workspaceId: workspace.workspaceId } })).toBe(0);
  });

  test("needs the scope for each: what may freeze can't thaw; and is its workspace's only", async () => {
    const { freeze_id: id } = await freeze();
    const [reader, starter, thawer] = [
      await managerWith("freezes:read"),
      await managerWith("freezes:start"),
      await managerWith("freezes:thaw"),
    ];
    const refused = { status: 403, json: { code: "missing_scope" } };
    for (const one of [reader, starter]) expect(await one("POST", endOf(id), {})).toMatchObject(refused);
    for (const one of [reader, thawer]) {
      expect(await one("POST", PATH, REASON)).toMatchObject(refused);
      expect(await one("GET", "/api/v1/manage/freeze-targets")).toMatchObject(refused);
    }
    for (const one of [starter, thawer]) for (const path of [PATH, `${PATH}/${id}`]) expect(await one("GET", path)).toMatchObject(refused);
    const elsewhere = await managementClient(await makeWorkspace(), ["freezes:read", "freezes:thaw"]);
    expect((await elsewhere("GET", `${PATH}/${id}`)).status).toBe(404);
    expect((await elsewhere("POST", endOf(id), {})).status).toBe(404);
    expect((await thawer("POST", endOf(id), {})).status).toBe(200);
  });
});

describe("where another person must thaw", () => {
  const rule = (thawNeedsAnotherPerson: boolean) => setThawRule(workspace.ctx, { thawNeedsAnotherPerson });
  const refused = { status: 403, json: { code: "thaw_needs_another_person", detail: expect.stringContaining("in the console") as string } };

  test("no key can, not even another owner's, and not after the rule was turned off", async () => {
    expectOk(await rule(true));
    const { freeze_id: id } = await freeze();
    const others = await managementClient(await makePerson(workspace, "owner"), ["freezes:thaw"]);
    for (const one of [manage, others]) expect(await one("POST", endOf(id), {})).toMatchObject(refused);
    expectOk(await rule(false));
    for (const one of [manage, others]) expect(await one("POST", endOf(id), {})).toMatchObject(refused);
    expect((await manage("GET", `${PATH}/${id}`)).json).toMatchObject({ needs_another_person: true, thawed_at: null });
  });

  test("the owner for whom a key froze can't thaw it in the console, and someone else can", async () => {
    expectOk(await rule(true));
    const { freeze_id: freezeId } = await freeze();
    const request = { freezeId, comment: null, channel: "console" as const };
    expect(await thaw(workspace.ctx, request)).toMatchObject({ ok: false, code: "thaw_needs_another_person" });
    const { ctx } = await makePerson(workspace, "admin");
    expectOk(await thaw(ctx, request));
  });

  test("a key can't thaw what a person froze before the rule held, once it holds", async () => {
    const { ctx } = await makePerson(workspace, "admin");
    const { freezeId } = expectOk(await startFreeze(ctx, { actionName: null, apiKeyId: null, ...REASON, channel: "console" }));
    expectOk(await rule(true));
    expect(await manage("POST", endOf(freezeId), {})).toMatchObject(refused);
    expectOk(await rule(false));
    expect((await manage("POST", endOf(freezeId), {})).status).toBe(200);
  });
});
