import { destination, pino } from "pino";
import { readLogLevel } from "@/lib/env";

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

/** Structured logs, one line an event, on standard error: standard output belongs to the people who run a command. */
export const logger = pino(
  {
    level: readLogLevel(),
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: "[removed]" },
  },
  destination(STANDARD_ERROR),
);
