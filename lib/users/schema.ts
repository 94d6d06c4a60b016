import { z } from "zod";
import { isAddressPassword, isCommonPassword } from "@/lib/domain/access/common-passwords";
import { emailSchema } from "@/lib/domain/access/email-address";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "@/lib/domain/access/password-strength";
import { displayNameSchema } from "@/lib/domain/text/display-name";
import { DAY_MS } from "@/lib/domain/time/units";

export const passwordSchema = z
  .string()
  .min(PASSWORD_MIN_LENGTH, { error: `must have at least ${PASSWORD_MIN_LENGTH} characters` })
  .max(PASSWORD_MAX_LENGTH, { error: `must have at most ${PASSWORD_MAX_LENGTH} characters` })
  .refine((password) => !isCommonPassword(password), { error: "is a commonly used password; choose another" });

export const OWN_ADDRESS = "is based on the account's email address; choose another";
const isNotOwnAddress = ({ email, password }: { email: string; password?: string | undefined }) =>
  password === undefined || !isAddressPassword(password, email);
const ownAddress = { path: ["password"], error: OWN_ADDRESS };

export const userSchema = z
  .strictObject({
    email: emailSchema,
    password: passwordSchema.optional(),
    isOperator: z.boolean().default(false),
  })
  .refine(isNotOwnAddress, ownAddress);
export type NewUser = z.input<typeof userSchema>;

/** A person's own name, as others see it. */
export const personNameSchema = displayNameSchema();

/** A password typed to sign in. Accepts any that was ever allowed, and reveals no rules. */
const typedPassword = z
  .string()
  .min(1, { error: "must not be empty" })
  .max(PASSWORD_MAX_LENGTH, { error: `must have at most ${PASSWORD_MAX_LENGTH} characters` });
const token = z.string().min(1).max(200);
/** Where to go afterwards. ownPath discards anything that isn't one of our paths. */
const next = z.string().max(2000).optional();

export const signInSchema = z.strictObject({ email: emailSchema, password: typedPassword });
export const mailLinkSchema = z.strictObject({ email: emailSchema, next });
export const confirmSignUpSchema = z.strictObject({ token, password: typedPassword });
export const signUpSchema = z
  .strictObject({
    name: personNameSchema,
    email: emailSchema,
    password: passwordSchema,
    next,
    /** For the first account of a console, from elsewhere. */
    setupCode: z.string().trim().max(100).optional(),
  })
  .refine(isNotOwnAddress, ownAddress);
export const resetPasswordSchema = z.strictObject({ token, password: passwordSchema });
export const renameSchema = z.strictObject({ name: personNameSchema });
/** Accounts that were made without a password have no current one. */
export const changePasswordSchema = z.strictObject({ currentPassword: z.string().max(PASSWORD_MAX_LENGTH), password: passwordSchema });
export const sessionIdSchema = z.strictObject({ sessionId: z.uuid() });
export const nothingSchema = z.strictObject({});

export type SignUp = z.output<typeof signUpSchema>;

const MAX_ABSENCE_DAYS = 180;

/** When a person is away, and who stands in for them. */
export const absenceSchema = z
  .strictObject({ colleagueId: z.uuid(), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() })
  .transform(({ colleagueId, startsAt, endsAt }) => ({ colleagueId, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }))
  .refine(({ startsAt, endsAt }) => endsAt > startsAt, { path: ["endsAt"], error: "must be after the start" })
  .refine(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime() <= MAX_ABSENCE_DAYS * DAY_MS, {
    path: ["endsAt"],
    error: `must be at most ${MAX_ABSENCE_DAYS} days after the start`,
  });
export type NewAbsence = z.output<typeof absenceSchema>;

const day = z.iso.date({ error: "Choose a day." });

/** The same as form input: whole days, both included, in the absent person's time zone. */
export const absenceFormSchema = z
  .strictObject({ colleagueId: z.uuid({ error: "Choose a colleague." }), firstDay: day, lastDay: day })
  .refine(({ firstDay, lastDay }) => lastDay >= firstDay, { path: ["lastDay"], error: "The last day is before the first." });
