import { beforeEach, describe, expect, test } from "vitest";
import { getRunStatus } from "@/lib/action-runs/status/get-run-status";
import { visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { isPermitted } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { claimOk, credentialsOf, expectOk, makePerson, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { tableContents } from "@/lib/testing/table-contents";
import { createApiKey } from "./create-api-key";
import { listApiKeys } from "./list-api-keys";
import { revokeApiKey } from "./revoke-api-key";
import { rotateApiKey } from "./rotate-api-key";
import { authenticateSdk } from "./sdk-context";

const MISSING = "01900000-0000-7000-8000-000000000000";

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

test.each([...ROLES, null])("keys are the business of owners, admins and developers: %s", async (role) => {
  const { ctx, email } = await makePerson(workspace, role);
  const { id } = await createApiKey(workspace.ctx, { kind: "api", name: "spare" });
  const before = await tableContents();
  const commands = [
    () => createApiKey(ctx, { kind: "api", name: "mine" }),
    () => listApiKeys(ctx),
    () => rotateApiKey(ctx, { id, overlapMinutes: 5 }),
    () => revokeApiKey(ctx, id),
  ];
  for (const command of commands) {
    if (role !== null && isPermitted(role, "key.manage")) await command();
    else await expect(command()).rejects.toThrow("not permitted: key.manage");
  }
  if (role === null || !isPermitted(role, "key.manage")) return expect(await tableContents()).toEqual(before);
  expect((await listApiKeys(ctx)).filter(({ createdBy }) => createdBy === email).map(({ name }) => name)).toEqual(["mine", "spare"]);
});

test("a key of another workspace is not there", async () => {
  const other = await makeWorkspace();
  const { id } = await createApiKey(other.ctx, { kind: "api", name: "theirs" });
  expect(await revokeApiKey(workspace.ctx, id)).toBe(false);
  expect(await rotateApiKey(workspace.ctx, { id, overlapMinutes: 5 })).toMatchObject({ code: "not_found" });
});

test("a key that is rotated twice at once gets the shorter time, whoever is first", async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = await createApiKey(workspace.ctx, { kind: "api", name: "spare" });
    const rotated = await Promise.all([0, 1000, 2000].map((overlapMinutes) => rotateApiKey(workspace.ctx, { id, overlapMinutes })));
    const promised = rotated.flatMap((one) => (one.ok ? [one.oldKeyExpiresAt.getTime()] : []));
    const { expiresAt } = await getDb().apiKey.findUniqueOrThrow({ where: { id } });
    expect(expiresAt?.getTime()).toBe(Math.min(...promised));
  }
});

test("a key is audited by its name and the end of it, never whole", async () => {
  const { id, key } = await createApiKey(workspace.ctx, { kind: "api", name: "spare" });
  const rotated = expectOk(await rotateApiKey(workspace.ctx, { id, overlapMinutes: 60 }));
  await revokeApiKey(workspace.ctx, id);
  const events = await getDb().auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });
  const told = { kind: "api", name: "spare", hint: `daai_sk_…${key.slice(-4)}` };
  expect(events.map(({ verb, data }) => [verb, data])).toEqual([
    ["api_key.created", told],
    ["api_key.rotated", { ...told, successor: rotated.id, old_key_expires_at: rotated.oldKeyExpiresAt.toISOString() }],
    ["api_key.revoked", told],
  ]);
});

describe("last used", () => {
  const used = async () =>
    (await getDb().apiKey.findMany({ where: { workspaceId: workspace.workspaceId }, orderBy: { id: "asc" } })).map(
      (key) => key.lastUsedAt?.getTime() ?? null,
    );
  const ago = (minutes: number) => getDb().$executeRaw`
    UPDATE api_keys SET last_used_at = now() - make_interval(mins => ${minutes}::int) WHERE workspace_id = ${workspace.workspaceId}::uuid`;

  test.each<[string, () => Promise<unknown>]>([
    ["asking for a status", () => getRunStatus(visitorContext(), workspace.credentials, MISSING)],
    ["an intercept", () => makeRun(workspace, "always_allow")],
    ["a claim", async () => claimOk(workspace, await makeRun(workspace, "always_allow"))],
  ])("is noted of both keys by %s", async (_name, use) => {
    expect(await used()).toEqual([null, null]);
    await use();
    expect(await used()).toEqual([expect.any(Number), expect.any(Number)]);
  });

  test("is coarse: written when it is five minutes old, not before", async () => {
    await ago(4);
    const before = await used();
    await getRunStatus(visitorContext(), workspace.credentials, MISSING);
    expect(await used()).toEqual(before);
    await ago(6);
    await getRunStatus(visitorContext(), workspace.credentials, MISSING);
    for (const at of await used()) expect(at).toBeGreaterThan(before[0] ?? 0);
  });

  test("a key that is refused is not in use, and only the keys of the request are", async () => {
    const other = await makeWorkspace();
    await getRunStatus(visitorContext(), credentialsOf(other.apiKey, workspace.workspaceKey), MISSING);
    await authenticateSdk(visitorContext(), credentialsOf(other.apiKey, workspace.workspaceKey));
    expect(await used()).toEqual([null, null]);
    await createApiKey(workspace.ctx, { kind: "api", name: "idle" });
    await getRunStatus(visitorContext(), workspace.credentials, MISSING);
    expect(await used()).toEqual([expect.any(Number), expect.any(Number), null]);
  });
});
