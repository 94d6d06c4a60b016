import { Client, type ClientConfig, Pool, type PoolConfig } from "pg";
import { type DatabaseHost, readDatabaseAddress } from "@/lib/net/database-address";
import { DatabaseServers, requireWritable } from "./database-servers";

type OnConnect = (error: Error | null, client?: DatabaseClient) => void;

/** PostgreSQL's answer to a write on a server that has become a standby. A pooler in front of it keeps its clients. */
const READ_ONLY = "25006";

// Next bundles its own copy of this module; all connections of the process are to the same servers.
const shared = globalThis as typeof globalThis & { daaiDatabaseServers?: Map<string, DatabaseServers> };
const known = () => (shared.daaiDatabaseServers ??= new Map<string, DatabaseServers>());

/**
 * A connection to the database: every one of the console is made here. If the address names several hosts, it goes to the one that takes
 * writes, which is found again after a failover.
 */
export class DatabaseClient extends Client {
  readonly #servers: DatabaseServers | undefined;
  readonly #timeoutMs: number;
  #isEnded = false;

  constructor(config: ClientConfig = {}) {
    const { connectionString = "", connectionTimeoutMillis = 0 } = config;
    const { hosts, isChecked } = readDatabaseAddress(connectionString);
    super({ ...config, connectionString: hosts[0].url });
    // A lost connection fails the query that needs it, and ends; the event itself needs no handling.
    this.on("error", () => undefined);
    this.#timeoutMs = connectionTimeoutMillis;
    if (!isChecked) return;
    const servers = known().get(connectionString) ?? new DatabaseServers(hosts);
    known().set(connectionString, servers);
    this.#servers = servers;
  }

  override connect(): Promise<this>;
  override connect(callback: OnConnect): void;
  override connect(callback?: OnConnect): Promise<this> | undefined {
    const connecting = this.#servers ? this.#connectToPrimary(this.#servers) : super.connect().then(() => this);
    if (!callback) return connecting;
    connecting.then(() => callback(null, this), callback);
    return undefined;
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    this.#isEnded = true;
    if (!callback) return super.end();
    super.end(callback);
    return undefined;
  }

  async #connectToPrimary(servers: DatabaseServers): Promise<this> {
    const host = await this.#inTime(servers.findPrimary());
    if (this.#isEnded) throw new Error("Connection terminated while looking for a host that takes writes");
    this.host = host.host;
    this.port = host.port;
    servers.add(this, host);
    try {
      await super.connect();
      await requireWritable(this);
    } catch (error) {
      servers.forget(host);
      super.end().catch(() => undefined);
      throw error;
    }
    this.#watch(servers, host);
    return this;
  }

  /** A lost connection, and a refused write, may mean that another host has taken over. */
  #watch(servers: DatabaseServers, host: DatabaseHost): void {
    this.once("end", () => {
      if (!this.#isEnded) servers.forget(host);
    });
    this.connection.on("errorMessage", ({ code }: { code?: string }) => {
      if (code === READ_ONLY) this.connection.stream.destroy();
    });
  }

  async #inTime(search: Promise<DatabaseHost>): Promise<DatabaseHost> {
    if (this.#timeoutMs === 0) return search;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      const error = () => new Error("timeout exceeded when trying to connect to a host that takes writes");
      timer = setTimeout(() => reject(error()), this.#timeoutMs);
    });
    try {
      return await Promise.race([search, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** A lost connection fails the query that needs it. graphile-worker warns of a pool on which nobody handles both events. */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...config, Client: DatabaseClient });
  return pool.on("error", () => undefined).on("connect", () => undefined);
}
