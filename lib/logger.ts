import { destination, type LogFn, type LoggerOptions, pino } from "pino";
import { summarizeError } from "@/lib/errors/error-summary";
import { readLogLevel } from "./env";

const STANDARD_ERROR = 2;

/** Names that never reach a log, at the top or one level down. Code must not log them; this is the second lock. */
const SECRETS = [
  "authorization",
  "cookie",
  "password",
  "token",
  "secret",
  "apiKey",
  "workspaceKey",
  "claimToken",
  "payload",
  "payloadText",
  "databaseUrl",
];

export const logOptions = {
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label: string) => ({ level: label }) },
  redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: "[removed]" },
  // Accepts error objects only, so that no raw message is logged by mistake.
  serializers: { error: (error: unknown) => summarizeError(error), err: (error: unknown) => summarizeError(error) },
  hooks: {
    logMethod(args, method) {
      const [first, ...rest] = args as unknown[];
      method.apply(this, (first instanceof Error ? [{ error: first }, ...rest] : args) as Parameters<LogFn>);
    },
  },
} satisfies LoggerOptions;

/** Structured logs, one line an event, on standard error: standard output belongs to the people who run a command. */
export const logger = pino({ ...logOptions, level: readLogLevel() }, destination(STANDARD_ERROR));
