import { getEnv } from "@/lib/env";
import { logger } from "@/lib/logger";
import { DatabaseClient } from "./database-client";
import { markBack, markLost } from "./lost-sessions";

const RECONNECT_MS = 250;
/** How long the listener's own NOTIFY may take to arrive before it falls back to polling. */
const PROBE_MS = 2000;
const POLL_MS = 1000;
/** A hanging or silently disconnected server can be detected only by pinging it. */
const PING_INTERVAL_MS = 10_000;
const TIMEOUT_MS = 5000;

type OnChange = (payload: string | null) => void;

/**
 * LISTENs on one channel, in its own session. `onChange` gets each notification's payload, and null when some may have been missed: after
 * every new connection, and every second behind a pooler in transaction mode, where LISTEN doesn't work. Returns a function that stops
 * listening.
 */
export function listen(
  channel: string,
  onChange: OnChange,
  { pingIntervalMs = PING_INTERVAL_MS, timeoutMs = TIMEOUT_MS } = {},
): () => Promise<void> {
  let client: DatabaseClient | undefined;
  let poll: NodeJS.Timeout | undefined;
  let retry: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;
  let isStopped = false;
  const name = `the listener for ${channel}`;

  async function connect(): Promise<void> {
    markLost(name);
    const { DATABASE_DIRECT_URL, DATABASE_URL } = getEnv();
    const current = new DatabaseClient({
      connectionString: DATABASE_DIRECT_URL ?? DATABASE_URL,
      application_name: "daai-console listener",
      keepAlive: true,
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs,
    });
    client = current;
    let wasProbed = false;
    const again = () => {
      if (client !== current || isStopped) return;
      client = undefined;
      markLost(name);
      clearTimeout(beat);
      current.end().catch(() => {});
      retry = setTimeout(() => void connect(), RECONNECT_MS);
    };
    current.on("error", again).on("end", again);
    current.on("notification", ({ payload = "" }) => {
      if (payload === "probe") wasProbed = true;
      else onChange(payload);
    });
    try {
      await current.connect();
      await current.query(`LISTEN ${channel}; NOTIFY ${channel}, 'probe'`);
    } catch {
      return again();
    }
    if (isStopped) return;
    markBack(name);
    onChange(null);
    const ask = () => {
      if (client !== current || isStopped) return;
      beat = setTimeout(() => void current.query("SELECT 1").then(ask, fallSilent), pingIntervalMs).unref();
    };
    const fallSilent = () => {
      if (client === current && !isStopped) logger.warn({ channel }, "The database's notifications stopped; listening again.");
      again();
    };
    ask();
    setTimeout(() => {
      if (wasProbed || poll || isStopped || client !== current) return;
      logger.warn(
        "LISTEN gets no notifications here (a pooler in transaction mode?). Set DATABASE_DIRECT_URL; until then waiting requests look once a second.",
      );
      poll = setInterval(() => onChange(null), POLL_MS).unref();
    }, PROBE_MS).unref();
  }

  void connect();
  return async () => {
    isStopped = true;
    markBack(name);
    clearTimeout(retry);
    clearTimeout(beat);
    clearInterval(poll);
    await client?.end().catch(() => {});
  };
}
