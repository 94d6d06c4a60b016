import type { Env } from "@/lib/env";
import { readDatabaseAddress } from "@/lib/net/database-address";
import { mailProviderName } from "@/lib/notifications/mail-provider-name";
import { SUPPORTED } from "@/scripts/prepare/require-node.mjs";

const MAIL_LABELS = {
  resend: "sent through Resend",
  smtp: "sent through SMTP_URL",
  mailbox: "not sent, stored in the database; read it with npm run admin -- mailbox list",
} as const;

/** What a person wants to know when the console is up. */
export function startMessage(env: Env, { isEmbedded, setupCode }: { isEmbedded: boolean; setupCode: string | null }): string {
  const { names, place } = readDatabaseAddress(env.DATABASE_URL);
  const pages = [
    ["Console", env.DAAI_PUBLIC_URL],
    ["API", `${env.DAAI_PUBLIC_URL}/api`],
  ];
  const lines = [
    ...(env.DAAI_WORKER === "only" ? [] : pages),
    ["Database", isEmbedded ? `embedded PostgreSQL on ${names}, in ${env.DAAI_DATA_DIR}` : place],
    ["Email", MAIL_LABELS[mailProviderName()]],
    ["Worker", env.DAAI_WORKER],
    ...metricsLine(env),
    ...(setupCode === null ? [] : [["Setup code", `${setupCode} creates the first account, the operator's, from another machine`]]),
    ...nodeWarning(process.versions.node),
  ];
  const table = lines.map(([name = "", value = ""]) => `  ${name.padEnd(13)}${value}`).join("\n");
  return `DAAI Console is ready.\n${table}\nCreate a workspace and its keys with: npm run admin -- workspace create --owner you@example.com --name Billing --client Acme`;
}

function metricsLine({ DAAI_METRICS_PORT, DAAI_METRICS_TOKEN, DAAI_PUBLIC_URL, DAAI_WORKER }: Env): [string, string][] {
  const isServed = DAAI_METRICS_TOKEN !== undefined && DAAI_WORKER !== "only";
  const places = [
    ...(isServed ? [`${DAAI_PUBLIC_URL}/metrics`] : []),
    ...(DAAI_METRICS_PORT === undefined ? [] : [`port ${DAAI_METRICS_PORT}`]),
  ];
  return places.length === 0 ? [] : [["Metrics", places.join(", ")]];
}

export function nodeWarning(version: string): [string, string][] {
  if (Number(version.split(".")[0]) >= SUPPORTED) return [];
  return [["Node", `${version} no longer gets security fixes: install ${SUPPORTED} or newer`]];
}
