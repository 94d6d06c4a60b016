import { Client } from "pg";
import { type HostFailure, NoWritableHostError } from "@/lib/errors/no-writable-host-error";
import { logger } from "@/lib/logger";
import type { DatabaseHost } from "@/lib/net/database-address";

/** How long a host may be silent before the next one is asked too. */
const NEXT_HOST_MS = 250;
/** How long a host may take to connect, and then to answer. */
const ANSWER_MS = 5000;

/**
 * The servers that one address names, of which one takes writes. It is remembered while there are connections to it and none fails; then
 * all are asked again. When another one takes over, every connection of this process to a former one is cut, since that one may only be silent and would keep its callers
 * waiting.
 */
export class DatabaseServers {
  #primary: DatabaseHost | undefined;
  #search: Promise<DatabaseHost | HostFailure[]> | undefined;
  #last: DatabaseHost | undefined;
  readonly #clients = new Map<Client, DatabaseHost>();

  constructor(readonly hosts: readonly DatabaseHost[]) {}

  /** The host that takes writes. Throws a NoWritableHostError. */
  async findPrimary(): Promise<DatabaseHost> {
    if (this.#primary && [...this.#clients.values()].includes(this.#primary)) return this.#primary;
    this.#search ??= firstWritable(this.hosts).finally(() => (this.#search = undefined));
    const found = await this.#search;
    // For each caller an error of its own: node-postgres writes the caller's stack into it, by which others tell whose it is.
    if (Array.isArray(found)) throw new NoWritableHostError(found);
    this.#moveTo(found);
    return found;
  }

  /** Whoever connects next asks all hosts again. */
  forget(host: DatabaseHost): void {
    if (this.#primary === host) this.#primary = undefined;
  }

  /** A connection to a host, from when it's begun: a silent host may accept it and never answer. */
  add(client: Client, host: DatabaseHost): void {
    this.#clients.set(client, host);
    client.once("end", () => this.#clients.delete(client));
  }

  #moveTo(host: DatabaseHost): void {
    if (this.#last && this.#last !== host) {
      logger.warn({ from: this.#last.name, to: host.name }, "Another host of the database takes writes now; connecting to it.");
      for (const [client, at] of this.#clients) if (at !== host) client.connection.stream.destroy();
    }
    this.#last = this.#primary = host;
  }
}

/** Throws if this session can't write: its server is a standby, or read-only. */
export async function requireWritable(client: Client): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>("SHOW transaction_read_only");
  if (rows[0]?.transaction_read_only !== "off") throw new StandbyError("a standby, or read-only");
}

class StandbyError extends Error {}

export interface HostState {
  readonly name: string;
  readonly state: "takes writes" | "standby" | "away";
  /** What it said, if it takes no writes. */
  readonly reason: string;
}

/** Asks every host of an address, in order. */
export function readHostStates(hosts: readonly DatabaseHost[]): Promise<HostState[]> {
  return Promise.all(
    hosts.map((host) =>
      askHost(host).then(
        () => ({ name: host.name, state: "takes writes", reason: "" }) as const,
        (error: Error) => ({ name: host.name, state: error instanceof StandbyError ? "standby" : "away", reason: error.message }) as const,
      ),
    ),
  );
}

/** Asks the hosts in their order, the next one as soon as one has failed or is silent. The first that takes writes, or why none does. */
function firstWritable(hosts: readonly DatabaseHost[]): Promise<DatabaseHost | HostFailure[]> {
  return new Promise((resolve) => {
    const failures = new Map<DatabaseHost, HostFailure>();
    const isFound = new AbortController();
    const rest = hosts.values();
    const askNext = () => {
      const { value: host } = rest.next();
      if (!host || isFound.signal.aborted) return;
      const silence = setTimeout(askNext, NEXT_HOST_MS);
      askHost(host, isFound.signal)
        .then(() => {
          isFound.abort();
          resolve(host);
        })
        .catch((error: Error) => {
          failures.set(host, { host: host.name, error });
          if (failures.size === hosts.length) resolve(hosts.flatMap((one) => failures.get(one) ?? []));
          else askNext();
        })
        .finally(() => clearTimeout(silence));
    };
    askNext();
  });
}

/** Resolves if the host takes writes, and throws why it doesn't. */
async function askHost(host: DatabaseHost, signal?: AbortSignal): Promise<void> {
  const client = new Client({
    connectionString: host.url,
    application_name: "daai-console search",
    connectionTimeoutMillis: ANSWER_MS,
    query_timeout: ANSWER_MS,
  });
  client.on("error", () => undefined);
  const stop = () => void client.connection.stream.destroy();
  signal?.addEventListener("abort", stop);
  try {
    await client.connect();
    await requireWritable(client);
  } finally {
    signal?.removeEventListener("abort", stop);
    client.end().catch(() => undefined);
  }
}
