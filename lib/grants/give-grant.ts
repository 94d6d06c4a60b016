import { v7 as uuidv7 } from "uuid";
import { listOwnerEmails } from "@/lib/approvers/list-owner-emails";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { databaseNow } from "@/lib/db/transaction";
import { isSamePerson } from "@/lib/domain/access/same-person";
import { MAX_GRANT_DAYS } from "@/lib/domain/grants/grant";
import { factsText } from "@/lib/domain/grants/grant-facts";
import { type GrantReceiptInput, grantReceiptBody } from "@/lib/domain/log/grant-receipt-body";
import { compareDecimals } from "@/lib/domain/policy/amounts";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { checked } from "@/lib/domain/runs/checked-texts";
import { DAY_MS } from "@/lib/domain/time/units";
import { publishChange } from "@/lib/live/publish-change";
import { queueEmail } from "@/lib/notifications/queue-email";
import { writeReceipt } from "@/lib/receipts/log/write-receipt";
import { commitTo } from "@/lib/security/commitment";
import type { WorkspaceContext } from "@/lib/security/context";
import { type GrantedRun, offerGrant } from "./offer-grant";
import type { GrantInput } from "./schema";

const ENDED_DAY = "must be today or later";

/** A grant that may be written with the approval. */
export interface ReadyGrant {
  readonly run: GrantedRun;
  readonly input: GrantInput;
  readonly factsText: string;
  readonly currency: string | null;
  readonly needsConfirmation: boolean;
  readonly givenBy: string;
  readonly endsAt: Date;
}

/** Checks a grant before the approval that it comes with is written, in the same transaction. */
export async function prepareGrant(
  ctx: WorkspaceContext,
  { runId, givenBy, input }: { runId: string; givenBy: string; input: GrantInput },
): Promise<{ ok: true; grant: ReadyGrant } | Refusal> {
  const offered = await offerGrant(ctx, { runId, person: givenBy });
  if (!offered.ok) return offered;
  const { run, offer, proposal } = offered;
  const text = factsText(input.facts, proposal);
  if (text === null || input.facts.some((name) => !offer.facts.some((fact) => fact.name === name)))
    return refuseField("facts", "Choose what must be the same from what this run has.");
  const refusal = refuseAmounts(input, offer.amount !== null);
  if (refusal) return refusal;
  // The end of the last day.
  const endsAt = new Date(Date.parse(`${input.until}T00:00:00Z`) + DAY_MS);
  const now = await databaseNow(ctx.db);
  if (endsAt <= now) return refuseField("until", ENDED_DAY);
  if (endsAt.getTime() > now.getTime() + MAX_GRANT_DAYS * DAY_MS) return refuseField("until", `must be within ${MAX_GRANT_DAYS} days`);
  const { currency, needsConfirmation } = offer;
  return { ok: true, grant: { run, input, factsText: text, currency, needsConfirmation, givenBy, endsAt } };
}

function refuseAmounts({ amountEach, total }: GrantInput, hasAmount: boolean): Refusal | null {
  if (!hasAmount) return amountEach === null && total === null ? null : refuseField("amountEach", "The run has no amount.");
  if (amountEach === null) return refuseField("amountEach", "must not be empty");
  if (total === null) return refuseField("total", "must not be empty");
  return compareDecimals(total, amountEach) < 0 ? refuseField("total", "must be at least the amount per run") : null;
}

/** Writes a grant with its receipt and audit event, in the transaction of the approval that gives it. If it refuses, it has written nothing. */
export async function writeGrant(
  ctx: WorkspaceContext,
  { run, input, factsText: text, currency, needsConfirmation, givenBy, endsAt }: ReadyGrant,
  { channel, givenAt }: { channel: GrantReceiptInput["channel"]; givenAt: Date },
): Promise<Refusal | null> {
  // Midnight has come since it was checked.
  if (endsAt <= givenAt) return refuseField("until", ENDED_DAY);
  const { db, workspaceId } = ctx;
  const { action, policyVersion, payloadSalt, approvalRequest } = run;
  if (!action || !policyVersion || !approvalRequest || payloadSalt === null)
    throw new Error("A grant is given for a run that was asked about.");
  const id = uuidv7();
  const askedReason = checked(approvalRequest).policyReason;
  const { facts, amountEach, total, maxUses } = input;
  const common = {
    workspaceId,
    runId: run.id,
    askedReason,
    askedRule: run.policyRule,
    facts,
    currency,
    amountEach,
    total,
    maxUses,
    givenBy,
  };
  await db.standingGrant.create({
    data: {
      ...common,
      id,
      actionId: action.id,
      policyVersionId: policyVersion.id,
      recipientField: action.recipientField,
      factsText: text,
      endsAt,
      createdAt: givenAt,
      needsConfirmation,
    },
  });
  const body = grantReceiptBody({
    ...common,
    grantId: id,
    action: run.actionName,
    channel,
    factsCommitment: commitTo(payloadSalt, text),
    givenAt: givenAt.toISOString(),
    endsAt: endsAt.toISOString(),
    needsConfirmation,
    policyVersion: policyVersion.version,
  });
  await writeReceipt(ctx, { id, workspaceId, runId: run.id, kind: "grant", body, createdAt: givenAt });
  await recordAuditEvent(ctx, {
    verb: "grant.given",
    subjectType: "grant",
    subjectId: id,
    data: {
      by: givenBy,
      action: run.actionName,
      run_id: run.id,
      facts,
      currency,
      amount_each: amountEach,
      total,
      max_uses: maxUses,
      ends_at: endsAt.toISOString(),
    },
  });
  await emailOwners(ctx, { aboutGrantId: id, givenBy });
  await publishChange(db, workspaceId, "grants");
  return null;
}

/** Emails the owners what someone else has approved in advance. */
async function emailOwners(ctx: WorkspaceContext, { aboutGrantId, givenBy }: { aboutGrantId: string; givenBy: string }): Promise<void> {
  const { db, workspaceId } = ctx;
  for (const toEmail of await listOwnerEmails(ctx)) {
    if (!isSamePerson(toEmail, givenBy)) await queueEmail(db, { id: uuidv7(), workspaceId, kind: "grant_given", aboutGrantId, toEmail });
  }
}
