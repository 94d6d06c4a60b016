import { z } from "zod";
import { emailSchema } from "@/lib/domain/access/email-address";
import { COMMENT_MAX_LENGTH, MAX_AT_ONCE, QUEUE_TEXT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { CHANGED_TEXT_MAX_LENGTH } from "@/lib/domain/policy/changeable-fields";
import { DEFAULT_QUEUE_ORDER, QUEUE_SORTS, type QueueSearch } from "@/lib/domain/runs/queue-order";
import { DECISIONS } from "@/lib/domain/runs/statuses";
import { isAtMostCharacters } from "@/lib/domain/text/character-count";
import { isStorableText } from "@/lib/domain/text/storable-text";
import { grantInputSchema } from "@/lib/grants/schema";

const comment = z
  .string()
  .trim()
  .refine(
    (text) => isAtMostCharacters(text, COMMENT_MAX_LENGTH),
    `Shorten the comment to ${COMMENT_MAX_LENGTH.toLocaleString("en-US")} characters.`,
  )
  .transform((text) => (text === "" ? null : text))
  .nullable();

const isConfirmed = z.boolean();

export const waitingDecisionSchema = z.strictObject({
  runId: z.uuid(),
  decision: z.enum(DECISIONS),
  comment,
  isConfirmed,
  /** What was typed into changeable fields. Several requests are never decided with a change. */
  changes: z.record(z.string().max(200), z.string().max(CHANGED_TEXT_MAX_LENGTH * 2)).nullish(),
  /** Of what was shown. */
  payloadHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
});

export const grantedApprovalSchema = z.strictObject({ runId: z.uuid(), comment, isConfirmed, grant: grantInputSchema });

export const waitingDecisionsSchema = z.strictObject({
  runIds: z
    .array(z.uuid())
    .min(1)
    .max(MAX_AT_ONCE)
    .refine((ids) => new Set(ids).size === ids.length, "Name each run once."),
  decision: z.enum(DECISIONS),
  comment,
  isConfirmed,
});

export const revokeApprovalSchema = z.strictObject({ runId: z.uuid(), comment });

/** Why a run is withdrawn: approvers see it, and its receipt records it. */
export const withdrawRunSchema = z.strictObject({
  runId: z.uuid(),
  reason: z
    .string()
    .trim()
    .min(1, "Say why the run is withdrawn.")
    .refine(
      (text) => isAtMostCharacters(text, COMMENT_MAX_LENGTH),
      `Shorten the reason to ${COMMENT_MAX_LENGTH.toLocaleString("en-US")} characters.`,
    ),
});

/** Whom to email again about a run: everyone who was asked, or one of them. */
export const askAgainSchema = z.strictObject({ runId: z.uuid(), email: emailSchema.nullable() });

export const runIdSchema = z.strictObject({ runId: z.uuid() });

/** Who is asked no longer, and who is asked instead. */
export const reassignAllSchema = z.strictObject({ from: emailSchema, to: emailSchema });
export const reassignRunSchema = reassignAllSchema.extend({
  runId: z.uuid(),
  /** Requests that are shown as one with the run. */
  identicalIds: z.array(z.uuid()).max(MAX_AT_ONCE).default([]),
});
export const memberRequestsSchema = z.strictObject({ userId: z.uuid() });

const addressSchema = z.object({
  workspace: z.uuid().optional().catch(undefined),
  q: z.string().trim().min(1).max(QUEUE_TEXT_MAX_LENGTH).refine(isStorableText).optional().catch(undefined),
  sort: z.enum(QUEUE_SORTS).catch(DEFAULT_QUEUE_ORDER.sort),
  group: z.literal("action").optional().catch(undefined),
});

/** Parses the page's URL. Invalid parts are ignored. */
export function parseQueueSearch(params: Readonly<Record<string, string | string[] | undefined>>): QueueSearch {
  const { workspace, q, sort, group } = addressSchema.parse(params);
  return { workspaceId: workspace ?? null, text: q ?? null, sort, isGrouped: group === "action" };
}
