import { randomBytes } from "node:crypto";
import { DatabaseClient } from "./database-client";

const CONNECT_TIMEOUT_MS = 10_000;
/** A session receives its own NOTIFY before it is ready for the next statement. */
const MORE_ROUND_TRIPS = 2;

/**
 * Whether a session at this address receives notifications. A pooler in transaction mode passes statements but no notifications,
 * so neither the worker nor live updates work behind it. No timeout is involved, so a busy machine isn't mistaken for a pooler.
 * Throws the error of the database or the pooler if it can't be reached.
 */
export async function receivesNotifications(databaseUrl: string): Promise<boolean> {
  const client = new DatabaseClient({
    connectionString: databaseUrl,
    application_name: "daai-console",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  let isReceived = false;
  client.on("notification", () => (isReceived = true));
  try {
    await client.connect();
    const channel = `daai_probe_${randomBytes(8).toString("hex")}`;
    await client.query(`LISTEN ${channel}`);
    await client.query(`NOTIFY ${channel}`);
    for (let trip = 0; trip < MORE_ROUND_TRIPS; trip++) await client.query("SELECT 1");
    await client.query(`UNLISTEN ${channel}`);
    return isReceived;
  } finally {
    await client.end().catch(() => undefined);
  }
}
