import { beforeEach, describe, expect, test } from "vitest";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { authenticateSdk } from "@/lib/api-keys/sdk-context";
import { operatorContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { getSharedReceipt } from "@/lib/receipts/sharing/get-shared-receipt";
import { shareReceipt } from "@/lib/receipts/sharing/share-receipt";
import { credentialsOf, expectOk, makePerson, makeRun, makeWorkspace, type TestWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { disableAccount } from "./disable-account";
import { getAccountRights } from "./get-account-rights";
import { getMemberRights } from "./get-member-rights";
import { removeMember } from "./remove-member";

let workspace: TestWorkspace;
let bob: Awaited<ReturnType<typeof makePerson>>;
let bobs: Made;
let others: Made;

interface Made {
  key: string;
  link: string;
}

/** An API key, and a link that shows a receipt with its payload. */
async function make(by: Awaited<ReturnType<typeof makePerson>>, name: string): Promise<Made> {
  const { key } = await createApiKey(by.ctx, { kind: "api", name });
  const { id: receiptId } = await getDb().receipt.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId } });
  const { url } = expectOk(await shareReceipt(by.ctx, { receiptId, payload: "disclosed", endsAfter: "never" }));
  return { key, link: new URL(url).pathname.split("/").at(-1) ?? "" };
}

/** Whether the key is taken, and whether the link shows the receipt. */
async function works({ key, link }: Made): Promise<[key: boolean, link: boolean]> {
  const { ok } = await authenticateSdk(visitorContext(), credentialsOf(key, workspace.workspaceKey));
  return [ok, "document" in (await getSharedReceipt(visitorContext(), link))];
}

beforeEach(async () => {
  workspace = await makeWorkspace();
  await makeRun(workspace, "always_allow");
  await sequenceReceipts(workspace.ctx);
  bob = await makePerson(workspace, "owner");
  [bobs, others] = [await make(bob, "Bob's agent"), await make(await makePerson(workspace, "owner"), "Nightly")];
});

describe("the keys and links of someone who goes", () => {
  const left = { keys: ["Bob's agent"], shares: 1 };

  test("are listed before they are removed, and end with the membership when that is asked for, theirs alone", async () => {
    const { userId } = bob.ctx.actor;
    expectOk(await createManagementKey(bob.ctx, { name: "Pipeline", scopes: ["actions:read"] }));
    expect(expectOk(await getMemberRights(workspace.ctx, { userId })).rights).toMatchObject({ ...left, managementKeys: ["Pipeline"] });
    expect([await works(bobs), await works(others)]).toEqual([
      [true, true],
      [true, true],
    ]);
    expectOk(await removeMember(workspace.ctx, userId, { revokesKeys: true, revokesShares: true }));
    expect([await works(bobs), await works(others)]).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(await getSharedReceipt(visitorContext(), bobs.link)).toEqual({ state: "revoked" });
    const [removed] = await getDb().auditEvent.findMany({ where: { subjectId: userId, verb: "member.removed" } });
    expect(removed?.data).toMatchObject({ ended: { keys: 1, shares: 1 } });
  });

  test.each([
    [{ revokesKeys: true }, [false, true]],
    [{ revokesShares: true }, [true, false]],
    [{}, [true, true]],
  ])("stay where others depend on them: %j", async (revokes, working) => {
    expectOk(await removeMember(workspace.ctx, bob.ctx.actor.userId, revokes));
    expect(await works(bobs)).toEqual(working);
  });

  test("are listed and end with a disabled account, too", async () => {
    const [operator, { userId }] = [operatorContext(null, "root@example.com"), bob.ctx.actor];
    expect(await getAccountRights(operator, { userId })).toMatchObject({ keys: ["Test workspace: Bob's agent"], shares: 1 });
    expect(expectOk(await disableAccount(operator, { userId, revokesKeys: true, revokesShares: true }))).toMatchObject({
      keys: 1,
      shares: 1,
    });
    expect([await works(bobs), await works(others)]).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});
