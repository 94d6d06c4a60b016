import { z } from "zod";
import { isCommonPassword } from "./common-passwords";

export const PASSWORD_MIN_LENGTH = 12;
const PASSWORD_MAX_LENGTH = 256;

/** Addresses are compared without regard to case, so they are kept in lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: "must be a mail address" }));

export const passwordSchema = z
  .string()
  .min(PASSWORD_MIN_LENGTH, { error: `must have at least ${PASSWORD_MIN_LENGTH} characters` })
  .max(PASSWORD_MAX_LENGTH, { error: `must have at most ${PASSWORD_MAX_LENGTH} characters` })
  .refine((password) => !isCommonPassword(password), { error: "is one of the passwords that are tried first; choose another" });

export const userSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema.optional(),
  isOperator: z.boolean().default(false),
});
export type NewUser = z.input<typeof userSchema>;
