import { z } from "zod";
import { MAX_GRANT_USES } from "@/lib/domain/grants/grant";
import { isFactName, MAX_GRANT_FACTS } from "@/lib/domain/grants/grant-facts";
import { isPlainDecimal, normalizeDecimal } from "@/lib/domain/policy/amounts";

/** Shorter than an amount may be, so that sums stay amounts. */
const DECIMAL_MAX_LENGTH = 30;

/** As it's typed; empty: the run has no amount. */
const amount = z
  .string()
  .trim()
  .refine((text) => text === "" || (text.length <= DECIMAL_MAX_LENGTH && isPlainDecimal(text)), {
    error: "must be a plain decimal number such as 500 or 500.00",
  })
  .refine((text) => !isPlainDecimal(text) || normalizeDecimal(text) !== "0", { error: "must be more than 0" })
  .transform((text) => (text === "" ? null : normalizeDecimal(text)));

/** What a person lets run beyond the run that they approve. */
export const grantInputSchema = z.strictObject({
  facts: z
    .array(z.string().refine(isFactName))
    .min(1, { error: "Choose at least one thing that must be the same." })
    .max(MAX_GRANT_FACTS)
    .refine((names) => new Set(names).size === names.length, { error: "Name each once." })
    .transform((names) => names.toSorted()),
  amountEach: amount,
  total: amount,
  maxUses: z.coerce
    .number({ error: `must be a whole number from 1 to ${MAX_GRANT_USES}` })
    .int({ error: `must be a whole number from 1 to ${MAX_GRANT_USES}` })
    .min(1, { error: `must be a whole number from 1 to ${MAX_GRANT_USES}` })
    .max(MAX_GRANT_USES, { error: `must be a whole number from 1 to ${MAX_GRANT_USES}` }),
  /** The last day, in UTC. */
  until: z.iso.date({ error: "must be a day such as 2026-12-04" }),
});
export type TypedGrant = z.input<typeof grantInputSchema>;
export type GrantInput = z.output<typeof grantInputSchema>;

/** Their names in forms, and the answer that comes with them. */
export const GRANT_FIELDS = ["facts", "amountEach", "total", "maxUses", "until"] as const;
export const GRANT_ANSWER = "approve_same";

export const grantIdSchema = z.strictObject({ grantId: z.uuid() });
