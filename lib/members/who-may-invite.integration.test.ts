import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { isPermitted, mayChangeMember } from "@/lib/domain/access/permissions";
import { INVITED_ROLES, ROLES } from "@/lib/domain/access/roles";
import { NotPermitted } from "@/lib/security/not-permitted";
import { drainJobs } from "@/lib/testing/drain-jobs";
import { expectOk, makePerson, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { inviteMember } from "./invite-member";
import { listInvitations } from "./list-members";
import { renewInvitation } from "./renew-invitation";
import { revokeInvitation } from "./revoke-invitation";

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
beforeEach(async () => {
  await drainJobs();
  await getDb().usageCounter.deleteMany({ where: { scope: { startsWith: "invitation" } } });
});

let made = 0;
const newEmail = () => `invited-${++made}@example.com`;
const invited = async () => expectOk(await inviteMember(workspace.ctx, { email: newEmail(), role: "approver" })).invitationId;

describe("who may invite whom", () => {
  test.each(ROLES.flatMap((by) => INVITED_ROLES.map((role) => [by, role] as const)))("%s: as %s", async (by, role) => {
    const actor = await makePerson(workspace, by);
    const inviting = inviteMember(actor.ctx, { email: newEmail(), role });
    if (mayChangeMember(by, { from: null, to: role })) expectOk(await inviting);
    else await expect(inviting).rejects.toThrow(NotPermitted);
  });

  test.each(ROLES)("%s: to mail again, take back, list", async (by) => {
    const actor = await makePerson(workspace, by);
    const id = await invited();
    const calls = [() => listInvitations(actor.ctx), () => renewInvitation(actor.ctx, id), () => revokeInvitation(actor.ctx, id)];
    for (const call of calls) {
      if (isPermitted(by, "member.manage")) await call();
      else await expect(call()).rejects.toThrow(NotPermitted);
    }
  });

  test("another workspace's invitation is like none", async () => {
    const id = await invited();
    const other = await makeWorkspace();
    for (const call of [renewInvitation, revokeInvitation])
      expect(await call(other.ctx, id)).toEqual(await call(other.ctx, "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae"));
    expect(await listInvitations(other.ctx)).toEqual([]);
  });
});
