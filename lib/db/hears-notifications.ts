import { randomBytes } from "node:crypto";
import { Client } from "pg";

const CONNECT_TIMEOUT_MS = 10_000;
/** A session is told of its own NOTIFY before it is ready for the next statement. */
const MORE_ROUND_TRIPS = 2;

/**
 * Whether a session at this address stays one: a pooler in transaction mode lets statements through, but no notifications, and then
 * neither the worker nor whoever waits for a change works. No clock decides, so a busy machine is not taken for a pooler. Throws what the
 * database or the pooler answers when it cannot be reached.
 */
export async function hearsNotifications(databaseUrl: string): Promise<boolean> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: "daai-console",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  let isHeard = false;
  client.on("error", () => undefined).on("notification", () => (isHeard = true));
  try {
    await client.connect();
    const channel = `daai_probe_${randomBytes(8).toString("hex")}`;
    await client.query(`LISTEN ${channel}`);
    await client.query(`NOTIFY ${channel}`);
    for (let trip = 0; trip < MORE_ROUND_TRIPS; trip++) await client.query("SELECT 1");
    await client.query(`UNLISTEN ${channel}`);
    return isHeard;
  } finally {
    await client.end().catch(() => undefined);
  }
}
