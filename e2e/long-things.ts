import { randomUUID } from "node:crypto";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { claim, expectOk, type TestWorkspace } from "@/lib/testing/factories";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import type { Person, World } from "./world";

/** The longest of everything that the console takes, without a place to break it. */
export const LONG = {
  action: "generator_made_action_for_the_enterprise_resource_planning_sysv2",
  amount: "123456789012345678901234567890.123456789",
  email: (name: string) => `${name.padEnd(64, "x")}@${"m".repeat(63)}.${"o".repeat(63)}.${"n".repeat(57)}.com`,
  name: (what: string) => what + "Ununterbrochen".repeat(7).slice(what.length),
  text: (length: number) => "Donaudampfschifffahrtsgesellschaft".repeat(60).slice(0, length),
};

export async function makeLongWorkspace(world: World): Promise<TestWorkspace & { owner: Person }> {
  const made = await world.workspace({ name: LONG.name("Workspace"), clientName: LONG.name("Client") });
  const { workspaceId } = made;
  const ownerEmail = LONG.email(`owner-${workspaceId.slice(-12)}`);
  await getDb().user.update({ where: { email: made.ownerEmail }, data: { email: ownerEmail, name: LONG.name("Owner"), isOperator: true } });
  const workspace = { ...made, ownerEmail, ctx: operatorContext(workspaceId, ownerEmail), owner: { ...made.owner, email: ownerEmail } };
  await createApiKey(workspace.ctx, { kind: "api", name: LONG.name("Key") });
  await getDb().apiKey.updateMany({ where: { workspaceId, name: { not: LONG.name("Key") } }, data: { name: LONG.name("First") } });
  const routing = { approverEmails: [LONG.email("default")], escalationEmails: [LONG.email("later")], approvalWindowMinutes: null };
  expectOk(await setApprovalRouting(workspace.ctx, { ...routing, escalationPercent: 50 }));
  return workspace;
}

export async function claimAsLong(workspace: TestWorkspace, runId: string): Promise<string> {
  return expectOk(await claim(workspace, runId, { worker: LONG.text(200) })).answer.claim.token;
}

export function proposal() {
  return {
    action: LONG.action,
    payload: {
      amount: LONG.amount,
      currency: "EUR",
      customer: { email: LONG.email("customer") },
      note: LONG.text(900),
      [LONG.text(80)]: LONG.text(40),
    },
    actor: LONG.text(200),
    reasoning: LONG.text(1200),
    source: { type: LONG.text(100), ref: LONG.text(500) },
    idempotency_key: LONG.text(200) + randomUUID(),
  };
}
