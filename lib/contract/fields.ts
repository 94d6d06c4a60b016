import { z } from "zod";
import { isJsonObject, type JsonObject, type JsonValue } from "@/lib/domain/json-value";
import { isAtMostCharacters } from "@/lib/domain/text/character-count";

/** A text of `min` to `max` Unicode characters (code points). */
export function textOf(min: number, max: number, description: string) {
  return z
    .string()
    .refine((text) => text.length >= min && isAtMostCharacters(text, max), {
      error: min > 0 ? `must have ${min} to ${max} characters` : `must have at most ${max} characters`,
    })
    .meta({ description, override: min > 0 ? { minLength: min, maxLength: max } : { maxLength: max } });
}

/**
 * An object of any JSON. It is passed on unchanged, neither copied nor walked. The strict parser has checked every value,
 * and the payload that is decided on must be the one that was read.
 */
export const jsonObjectSchema = z
  .custom<JsonObject>(isJsonObject, { error: "must be a JSON object" })
  .meta({ override: { type: "object", additionalProperties: true } });

export const payloadHashSchema = z
  .string()
  .meta({ description: "SHA-256 of the payload's RFC 8785 form, in hex: equal payloads have equal hashes." });

/** Any JSON, passed on unchanged. */
export const jsonValueSchema = z.custom<JsonValue>(() => true).meta({ override: { description: "Any JSON value." } });

/** A UUID, version 7 where the console creates it. */
export const idSchema = z.uuid({ error: "must be a UUID" });

/** RFC 3339, UTC, milliseconds, trailing Z. */
export const timeSchema = z.iso.datetime({ precision: 3 });

export const policyRuleSchema = z
  .string()
  .nullable()
  .meta({ description: "The name of the rule that decided; null when no rule applied, or the policy has no rules." });

export const payloadChangedSchema = z.boolean().optional().meta({
  description:
    "A person approved the run with a change. Execute only with the payload that the claim gives. A replay by an app that didn't send accepts_changes is never executable.",
});

export const previousRunSchema = idSchema
  .nullable()
  .optional()
  .meta({ description: "The run of the same idempotency key that this one asks again after; null for the first." });

export const askAgainAtSchema = timeSchema.nullable().optional().meta({
  description:
    "From when `ask_again` makes a new run of this idempotency key. null: never while it is pending, may run or may have run, and once it was executed.",
});
