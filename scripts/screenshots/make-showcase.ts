import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { setLimits } from "@/lib/limits/set-limits";
import { claimOk, credentialsOf, expectOk, linkTokens, makeAction, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { createUser } from "@/lib/users/create-user";
import { createWorkspace } from "@/lib/workspaces/create-workspace";
import { seed } from "@/scripts/admin/seed/seed";
import type { Showcase } from "./pictures";
import { STORY, SUPPLIER_ACTION } from "./story";

export const OWNER = { email: "marta@halvorsen.example", password: "a long enough passphrase", name: "Marta Lindqvist" };
const COLLEAGUE = { email: "tomas@halvorsen.example", name: "Tomás Ferreira" };
const RUNS = 1400;
const SEED_NUMBER = 11;

export interface Made {
  readonly workspace: TestWorkspace;
  /** In the order of the story. */
  readonly runIds: readonly string[];
  /** The owner's link of each run. */
  readonly tokens: readonly string[];
}

/** A workspace with three months of history, and a few runs that wait. Made before the console runs, while the links are still here. */
export async function makeShowcase(): Promise<Made> {
  const operator = operatorContext(null);
  for (const { name, ...person } of [OWNER, COLLEAGUE]) {
    expectOk(await createUser(operator, person));
    await getDb().user.update({ where: { email: person.email }, data: { name } });
  }
  expectOk(
    await setLimits(operator, { ownerEmail: OWNER.email, plan: "free", overrides: { activeActionsPerWorkspace: 20, runsPerMonth: 2000 } }),
  );
  const created = expectOk(
    await createWorkspace(operator, { ownerEmail: OWNER.email, name: "Finance automations", clientName: "Halvorsen Logistics" }),
  );
  const { workspaceId, apiKey, workspaceKey } = created;
  await seed({ runs: RUNS, workspaceId, seedNumber: SEED_NUMBER }, () => undefined);
  const workspace: TestWorkspace = {
    ...{ workspaceId, apiKey, workspaceKey, ownerEmail: OWNER.email },
    credentials: credentialsOf(apiKey, workspaceKey),
    ctx: operatorContext(workspaceId, OWNER.email),
  };
  await makeAction(workspace, { ...SUPPLIER_ACTION, approverEmails: [OWNER.email, COLLEAGUE.email] });
  const runIds: string[] = [];
  const tokens: string[] = [];
  for (const request of STORY) {
    const { action_run_id: runId } = await proposeOk(workspace, request);
    runIds.push(runId);
    tokens.push((await linkTokens(runId)).get(OWNER.email) ?? "");
  }
  return { workspace, runIds, tokens };
}

/** The last run of the story is approved by its link, executed and reported. The first is the one to be looked at. */
export async function tellStory(origin: string, { workspace, runIds, tokens }: Made): Promise<Showcase> {
  const doneRunId = runIds.at(-1) ?? "";
  const answer = await fetch(`${origin}/api/v1/public/decisions/${tokens.at(-1) ?? ""}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ decision: "approve", confirm: true, comment: "Delivery checked with the warehouse." }),
  });
  if (!answer.ok) throw new Error(`The decision was answered with ${answer.status}.`);
  const claimToken = await claimOk(workspace, doneRunId);
  expectOk(await report(workspace, doneRunId, { result: { payment: "SEPA-88120", state: "sent" }, claimToken }));
  const receipt = await getDb().receipt.findFirstOrThrow({ where: { runId: doneRunId, kind: "decision" } });
  return {
    workspaceId: workspace.workspaceId,
    pendingRunId: runIds[0] ?? "",
    pendingToken: tokens[0] ?? "",
    doneRunId,
    receiptId: receipt.id,
  };
}
