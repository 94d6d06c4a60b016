import { beforeEach, expect, test } from "vitest";
import { grantUsesResponseSchema, managedGrantSchema, managedGrantsResponseSchema } from "@/lib/contract/manage-grants";
import { getDb } from "@/lib/db/client";
import type { ManagementScope } from "@/lib/domain/access/management-scopes";
import { makeAction, makeWorkspace, proposeOk, type TestWorkspace } from "@/lib/testing/factories";
import { GRANTED_PAYLOAD, giveGrant } from "@/lib/testing/grants";
import { type ManagementClient, managementClient } from "@/lib/testing/management-client";

const PATH = "/api/v1/manage/grants";

let workspace: TestWorkspace;
let manage: ManagementClient;
const managerWith = (...scopes: ManagementScope[]) => managementClient(workspace, scopes);
beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay" });
  manage = await managerWith("grants:read", "grants:revoke");
});

const pay = () => proposeOk(workspace, { action: "pay", payload: { ...GRANTED_PAYLOAD } });
const list = async (query = "") => managedGrantsResponseSchema.parse((await manage("GET", `${PATH}${query}`)).json);

test("a grant is read with its uses, and revoked from the next proposal on, as often as one likes", async () => {
  const id = await giveGrant(workspace, { action: "pay" });
  const { action_run_id: runId } = await pay();
  const { runs, ...grant } = grantUsesResponseSchema.parse((await manage("GET", `${PATH}/${id}`)).json);
  expect(grant).toMatchObject({
    action: "pay",
    state: "live",
    given_by: workspace.ownerEmail,
    uses: 1,
    used: "120",
    max_uses: 10,
    next: null,
  });
  expect(grant.facts?.map(({ name }) => name)).toEqual(["payload.supplier.id"]);
  expect(runs).toMatchObject([{ action_run_id: runId, amount: "120", currency: "EUR", execution: "awaiting_execution_report" }]);
  const ended = { state: "ended", ended_by: workspace.ownerEmail, ended_reason: "revoked" };
  for (let times = 0; times < 2; times++)
    expect(managedGrantSchema.parse((await manage("POST", `${PATH}/${id}/revoke`)).json)).toMatchObject(ended);
  expect(await pay()).toMatchObject({ governance_status: "pending_approval" });
  const { workspaceId } = workspace;
  expect(await getDb().auditEvent.findMany({ where: { workspaceId, verb: "grant.revoked" } })).toMatchObject([
    { actorType: "management_key" },
  ]);
  const [receipt] = await getDb().receipt.findMany({ where: { workspaceId, kind: "grant_end" } });
  expect(JSON.parse(receipt?.body ?? "")).toMatchObject({ channel: "management_api", ended_by: workspace.ownerEmail });
});

test("grants are listed page by page, the newest first, by whether they still allow anything", async () => {
  const ids: string[] = [];
  for (const id of ["S-1", "S-2", "S-3"])
    ids.unshift(await giveGrant(workspace, { action: "pay", payload: { ...GRANTED_PAYLOAD, supplier: { id } } }));
  await manage("POST", `${PATH}/${ids[0]}/revoke`);
  const listed = async (query: string) => (await list(query)).grants.map(({ grant_id }) => ids.indexOf(grant_id));
  expect([await listed(""), await listed("?state=active"), await listed("?state=ended")]).toEqual([[0, 1, 2], [1, 2], [0]]);
  expect(await listed(`?before=${ids[0]}&state=active`)).toEqual([1, 2]);
  expect(await listed(`?before=${ids[1]}`)).toEqual([2]);
  expect((await manage("GET", `${PATH}?state=all`)).status).toBe(422);
});

test("a grant needs the scope for each, also to revoke what its owner gave, and is its workspace's only", async () => {
  const id = await giveGrant(workspace, { action: "pay" });
  const reader = await managerWith("grants:read");
  const revoker = await managerWith("grants:revoke");
  const refused = { status: 403, json: { code: "missing_scope" } };
  expect(await reader("POST", `${PATH}/${id}/revoke`)).toMatchObject(refused);
  for (const path of [PATH, `${PATH}/${id}`]) expect(await revoker("GET", path)).toMatchObject(refused);
  expect((await manage("POST", PATH, {})).status).toBe(405);
  const elsewhere = await managementClient(await makeWorkspace(), ["grants:read", "grants:revoke"]);
  const unknown = { status: 404, json: { code: "not_found" } };
  expect(await elsewhere("GET", `${PATH}/${id}`)).toMatchObject(unknown);
  expect(await elsewhere("POST", `${PATH}/${id}/revoke`)).toMatchObject(unknown);
  expect((await list("?state=active")).grants).toHaveLength(1);
  // Who only revokes isn't told the values of a payload.
  expect((await revoker("POST", `${PATH}/${id}/revoke`)).json).toMatchObject({ state: "ended", facts: null });
  expect((await manage("POST", `${PATH}/${id}/revoke`)).json).toMatchObject({ state: "ended", facts: [{ name: "payload.supplier.id" }] });
});
