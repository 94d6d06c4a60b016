import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import { LIMIT_NAMES, type LimitName, type Limits, PLANS } from "@/lib/domain/access/limits";
import { isAddressRange } from "@/lib/net/addresses";
import { pathOfUrl } from "@/lib/net/base-path";
import { DatabaseAddressError, readDatabaseAddress } from "@/lib/net/database-address";

/** `PORT must be …`: zod's message is the end of a sentence that begins with the setting's name. */
const must = (end: string) => `must be ${end}.`;

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, must(`a whole number from ${min} to ${max}`))
    .transform(Number)
    .refine((value) => value >= min && value <= max, must(`a whole number from ${min} to ${max}`));

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values, must(`one of ${values.join(", ")}`));

const parseUrl = (value: string) => (URL.canParse(value) ? new URL(value) : null);

const url = (protocols: string[], example: string) =>
  z.string().refine((value) => protocols.includes(parseUrl(value)?.protocol ?? ""), must(`an address like ${example}`));

const databaseUrl = z.string().superRefine((value, context) => {
  try {
    readDatabaseAddress(value);
  } catch (error) {
    if (!(error instanceof DatabaseAddressError)) throw error;
    context.addIssue(error.message);
  }
});

/** It is written into built pages as it is, also where they have patterns. What begins like an address of the console's own can't be told apart. */
const BASE_PATH = /^(?!\/(api|v1)(\/|$)|\/_)(\/[A-Za-z0-9_-]+)*\/?$/;

const list = (isItem: (item: string) => boolean, end: string) =>
  z
    .string()
    .transform((value) =>
      value
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .refine((items) => items.every(isItem), must(end));

const secret = z.string().min(32, "must have at least 32 characters; `openssl rand -base64 32` makes a good one.");

const isEmail = (value: string) => z.email().safeParse(value).success;

/** An email address, also as `Name <address>`. */
const isSender = (value: string) => isEmail(/^[^<>]*<([^<>]+)>$/.exec(value)?.[1] ?? value);

/** DER of an Ed25519 private key up to its 32-byte seed (RFC 8410). */
const ED25519_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");

/** PKCS#8 PEM of an Ed25519 key, given as PEM (line breaks may be written `\n`) or as its 32-byte seed in base64. */
function readSigningKey(value: string): string | null {
  const seed = Buffer.from(value, "base64");
  try {
    const key = value.includes("-----BEGIN")
      ? createPrivateKey(value.replaceAll("\\n", "\n"))
      : createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, seed]), format: "der", type: "pkcs8" });
    return key.asymmetricKeyType === "ed25519" ? key.export({ format: "pem", type: "pkcs8" }).toString() : null;
  } catch {
    return null;
  }
}

const signingKey = z
  .string()
  .transform(readSigningKey)
  .pipe(z.string("must be an Ed25519 private key: PKCS#8 PEM, or its 32-byte seed in base64."));

/** Earlier keys of the log: private ones keep signing, verifier keys are only published. */
const earlierKeys = z
  .string()
  .transform((value) =>
    value
      .split(",")
      .map((key) => key.trim())
      .filter(Boolean),
  )
  .transform((keys) => keys.map((key) => (/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/.test(key) ? key : readSigningKey(key))))
  .refine((keys) => !keys.includes(null), "must be earlier log keys, comma-separated: private keys, which keep signing, or verifier keys.")
  .transform((keys) => keys.filter((key) => key !== null));

const settingsSchema = z.object({
  NODE_ENV: z.string().default("development"),
  PORT: integer(1, 65_535).default(3000),
  HOST: z.string().default("0.0.0.0"),
  DAAI_PUBLIC_URL: url(["http:", "https:"], "https://console.example.com")
    .refine(
      (value) => /^[^?#]*$/.test(value) && BASE_PATH.test(parseUrl(value)?.pathname ?? "/"),
      "may have a path of letters, digits, - and _, such as https://example.com/console, and nothing after it. The path can't begin with /api, /v1 or /_.",
    )
    .transform((value) => `${new URL(value).origin}${pathOfUrl(value)}`)
    .optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DAAI_DATA_DIR: z.string().default(".data"),
  NEXTAUTH_SECRET: secret.optional(),
  DAAI_KEY_PEPPER: secret.optional(),
  DAAI_LOG_SIGNING_KEY: signingKey.optional(),
  DAAI_LOG_EARLIER_KEYS: earlierKeys.default([]),
  DAAI_MAIL_FROM: z
    .string()
    .refine(isSender, must("an email address, or `Name <address>`"))
    .default("DAAI Console <console@localhost.localdomain>"),
  RESEND_API_KEY: z.string().optional(),
  RESEND_BASE_URL: url(["http:", "https:"], "https://api.resend.com").optional(),
  RESEND_WEBHOOK_SECRET: z
    .string()
    .regex(/^(whsec_)?[A-Za-z0-9+/]{16,}={0,2}$/, must("the signing secret of a webhook, as Resend shows it: whsec_…"))
    .optional(),
  SMTP_URL: url(["smtp:", "smtps:"], "smtps://user:password@mail.example.com").optional(),
  DAAI_ADMIN_EMAILS: list(isEmail, "email addresses, comma-separated")
    .transform((emails) => emails.map((email) => email.toLowerCase()))
    .default([]),
  DAAI_SIGN_UP: oneOf(["open", "invite", "closed"]).default("invite"),
  DAAI_PLAN: oneOf(PLANS).default("free"),
  DAAI_STRANGER_MAILS_PER_HOUR: integer(1, 1_000_000).default(500),
  DAAI_WORKER: oneOf(["inline", "off", "only"]).default("inline"),
  DAAI_TRUSTED_PROXIES: list(isAddressRange, "addresses or ranges like 10.0.0.0/8, comma-separated").default([]),
  DAAI_WEBHOOK_ALLOWED_RANGES: list(isAddressRange, "addresses or ranges like 10.0.0.0/8, comma-separated").default([]),
  DAAI_APPROVAL_WINDOW_MINUTES: integer(1, 525_600).default(1440),
  DAAI_METRICS_TOKEN: secret.optional(),
  DAAI_METRICS_PORT: integer(1, 65_535).optional(),
  DAAI_SDK_MOUNT: oneOf(["node", "next"]).default("node"),
  LOG_LEVEL: oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
});

const limitSchema = z
  .string()
  .regex(/^(unlimited|\d{1,9})$/, must("a whole number, or unlimited"))
  .transform((value) => (value === "unlimited" ? null : Number(value)));

/** `runsPerMonth` is set by `DAAI_LIMIT_RUNS_PER_MONTH`. */
export function limitSetting(name: LimitName): string {
  return `DAAI_LIMIT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Every setting, by the name of its environment variable. */
export const SETTING_NAMES: readonly string[] = [...Object.keys(settingsSchema.shape), ...LIMIT_NAMES.map(limitSetting)];

export type Settings = Omit<z.output<typeof settingsSchema>, "DAAI_PUBLIC_URL"> & {
  /** With the path that the console is served below, if it has one, and no slash at the end. */
  DAAI_PUBLIC_URL: string;
  /** It was not set, and is the address on this machine. */
  isPublicUrlGuessed: boolean;
  /** What DAAI_LIMIT_… changes in the free plan; null is unlimited. */
  limitOverrides: Partial<Limits>;
};

type Required = "DATABASE_URL" | "NEXTAUTH_SECRET" | "DAAI_KEY_PEPPER" | "DAAI_LOG_SIGNING_KEY";

/** The settings of a prepared process: the database and the secrets are there, the user's own or those made at start. */
export type Env = Omit<Settings, Required> & { [K in Required]: string };

/** Settings that are wrong or missing: `problems` has one sentence for each. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** Checks the settings. Throws a SettingsError that names every mistake. An empty value counts as unset. */
export function readSettings(source: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const problems: string[] = [];
  const settings = settingsSchema.safeParse(given);
  if (!settings.success) problems.push(...settings.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`));

  const limitOverrides: Partial<Limits> = {};
  for (const name of LIMIT_NAMES) {
    const value = given[limitSetting(name)];
    if (value === undefined) continue;
    const limit = limitSchema.safeParse(value);
    if (limit.success) limitOverrides[name] = limit.data;
    else problems.push(`${limitSetting(name)} ${limit.error.issues[0]?.message ?? "is not valid."}`);
  }
  if (settings.success) problems.push(...mailProblems(settings.data, given.DAAI_MAIL_FROM === undefined));
  if (!settings.success || problems.length > 0) throw new SettingsError(problems);
  const publicUrl = settings.data.DAAI_PUBLIC_URL ?? `http://localhost:${settings.data.PORT}`;
  return { ...settings.data, DAAI_PUBLIC_URL: publicUrl, isPublicUrlGuessed: settings.data.DAAI_PUBLIC_URL === undefined, limitOverrides };
}

/** At most one email provider may be configured, and the sender's address must accept replies. */
function mailProblems({ RESEND_API_KEY, SMTP_URL }: z.output<typeof settingsSchema>, isSenderUnset: boolean): string[] {
  if (RESEND_API_KEY && SMTP_URL) return ["RESEND_API_KEY and SMTP_URL are both set: keep the one to send email through."];
  const setting = RESEND_API_KEY ? "RESEND_API_KEY" : SMTP_URL ? "SMTP_URL" : null;
  return setting !== null && isSenderUnset ? [`DAAI_MAIL_FROM must be set with ${setting}: an address that it may send from.`] : [];
}

let env: Env | undefined;

/** The settings of this process, read once. Throws a SettingsError when the process was not prepared by the starter. */
export function getEnv(): Env {
  env ??= requirePrepared(readSettings());
  return env;
}

/** Makes the next `getEnv` read again: after the starter or a test has changed the settings. */
export function resetEnvCache(): void {
  env = undefined;
}

/** The environment for a thread, as this process has changed it since it was started. */
export function threadEnv(): NodeJS.ProcessEnv {
  return { ...process.env };
}

/** The log level alone, for the logger, which must work before everything else does. */
export function readLogLevel(): Settings["LOG_LEVEL"] {
  const level = settingsSchema.shape.LOG_LEVEL.safeParse(process.env.LOG_LEVEL || undefined);
  return level.success ? level.data : "info";
}

function requirePrepared(settings: Settings): Env {
  const { DATABASE_URL, NEXTAUTH_SECRET, DAAI_KEY_PEPPER, DAAI_LOG_SIGNING_KEY } = settings;
  if (DATABASE_URL && NEXTAUTH_SECRET && DAAI_KEY_PEPPER && DAAI_LOG_SIGNING_KEY) {
    return { ...settings, DATABASE_URL, NEXTAUTH_SECRET, DAAI_KEY_PEPPER, DAAI_LOG_SIGNING_KEY };
  }
  const missing = Object.entries({ DATABASE_URL, NEXTAUTH_SECRET, DAAI_KEY_PEPPER, DAAI_LOG_SIGNING_KEY }).filter(([, value]) => !value);
  throw new SettingsError(missing.map(([name]) => `${name} isn't set; npm start sets it when it's left out.`));
}
