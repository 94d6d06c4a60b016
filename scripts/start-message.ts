import type { Env } from "@/lib/env";

/** What a person wants to know when the console is up. */
export function startMessage(env: Env, isEmbedded: boolean): string {
  const { host, pathname } = new URL(env.DATABASE_URL);
  const pages = [
    ["Console", env.DAAI_PUBLIC_URL],
    ["API", `${env.DAAI_PUBLIC_URL}/api`],
  ];
  const lines = [
    ...(env.DAAI_WORKER === "only" ? [] : pages),
    ["Database", isEmbedded ? `embedded PostgreSQL on ${host}, in ${env.DAAI_DATA_DIR}` : `${host}${pathname}`],
    ["Mail", "kept in the database; read it with npm run admin -- mailbox list"],
    ["Worker", env.DAAI_WORKER],
  ];
  const table = lines.map(([name = "", value = ""]) => `  ${name.padEnd(10)}${value}`).join("\n");
  return `DAAI Console is ready.\n${table}\nMake a workspace and its keys with: npm run admin -- workspace create --owner you@example.com --name Billing --client Acme`;
}
