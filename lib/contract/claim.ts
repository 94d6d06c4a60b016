import { z } from "zod";
import {
  CLAIM_TOKEN_MAX_LENGTH,
  LEASE_DEFAULT_SECONDS,
  LEASE_MAX_SECONDS,
  LEASE_MIN_SECONDS,
  OWN_CLAIM_TOKEN_MIN_LENGTH,
  WORKER_MAX_LENGTH,
} from "@/lib/domain/access/limits";
import { idSchema, jsonObjectSchema, payloadHashSchema, textOf, timeSchema } from "./fields";

const workerSchema = textOf(1, WORKER_MAX_LENGTH, "The name of the worker that will execute.");
const leaseSecondsSchema = z
  .int()
  .min(LEASE_MIN_SECONDS)
  .max(LEASE_MAX_SECONDS)
  .default(LEASE_DEFAULT_SECONDS)
  .meta({ description: "How long the claim lasts without being renewed." });
export const claimTokenSchema = textOf(1, CLAIM_TOKEN_MAX_LENGTH, "The token that the claim answered with.");

const ownTokenSchema = textOf(
  OWN_CLAIM_TOKEN_MIN_LENGTH,
  CLAIM_TOKEN_MAX_LENGTH,
  "A random token of the worker's own, new for each claim. The same worker with the same token is given the same claim again, as when an answer got lost. Without it the console makes one.",
).nullish();

/** Who claims and for how long: also the `claim` member of an intercept. */
export const claimWishSchema = z
  .strictObject({ worker: workerSchema, lease_seconds: leaseSecondsSchema, token: ownTokenSchema })
  .meta({ id: "ClaimWish" });

export const claimRequestSchema = z
  .strictObject({
    worker: workerSchema,
    lease_seconds: leaseSecondsSchema,
    token: ownTokenSchema,
    payload: jsonObjectSchema.nullish().meta({ description: "When sent, it must equal the run's payload, else 409 payload_changed." }),
  })
  .meta({ id: "ClaimRequest" });
export type ClaimRequest = z.infer<typeof claimRequestSchema>;

export const renewRequestSchema = z
  .strictObject({ claim_token: claimTokenSchema, lease_seconds: leaseSecondsSchema })
  .meta({ id: "RenewRequest" });
export type RenewRequest = z.infer<typeof renewRequestSchema>;

export const releaseRequestSchema = z.strictObject({ claim_token: claimTokenSchema }).meta({ id: "ReleaseRequest" });
export type ReleaseRequest = z.infer<typeof releaseRequestSchema>;

/** A worker's exclusive, time-limited right to execute one run. */
export const claimSchema = z.object({ token: z.string(), expires_at: timeSchema }).meta({ id: "Claim" });

export const claimAnswerSchema = z
  .object({
    action_run_id: idSchema,
    action: z.string(),
    payload: jsonObjectSchema,
    payload_hash: payloadHashSchema,
    policy_version: z.int().nullable(),
    claim: claimSchema,
  })
  .meta({ id: "ClaimAnswer" });
export type ClaimAnswer = z.infer<typeof claimAnswerSchema>;

export const renewAnswerSchema = z.object({ action_run_id: idSchema, claim: claimSchema }).meta({ id: "RenewAnswer" });
export type RenewAnswer = z.infer<typeof renewAnswerSchema>;

export const releaseAnswerSchema = z.object({ action_run_id: idSchema, claim: z.null() }).meta({ id: "ReleaseAnswer" });
export type ReleaseAnswer = z.infer<typeof releaseAnswerSchema>;
