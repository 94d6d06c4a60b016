import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { resetEnvCache } from "@/lib/env";
import { explainDatabaseFailure } from "@/lib/errors/explain-database-failure";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { type ReplicatedPostgres, startReplicatedPostgres } from "@/lib/testing/replicated-postgres";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { checkHosts } from "@/scripts/admin/commands/doctor-checks";
import { disconnectDb, getDb } from "./client";
import { connectOrExplain } from "./connect-or-explain";
import { DatabaseClient } from "./database-client";
import { DatabaseUnresponsiveError, failFastIfDatabaseDown } from "./fail-fast-if-database-down";
import { listen } from "./listener";
import { lostFor } from "./lost-sessions";
import { migrate } from "./migrate";
import { receivesNotifications } from "./receives-notifications";

let servers: ReplicatedPostgres;
/** The standby first, and the primary second. */
let address: string;

beforeAll(async () => {
  servers = await startReplicatedPostgres();
  const { host } = new URL(servers.standby.url);
  address = servers.primary.url.replace("@", `@${host},`);
  await migrate({ databaseUrl: address });
  Object.assign(process.env, { DATABASE_URL: address, DATABASE_DIRECT_URL: address });
  resetEnvCache();
  await disconnectDb();
});
afterAll(async () => {
  await disconnectDb();
  await servers.close();
});

/** Accepts connections and says nothing. */
async function startSilentServer(): Promise<{ port: number; close(): void }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

const portOf = (url: string) => Number(new URL(url).port);
const portInUse = async () => {
  const [row] = await getDb().$queryRaw<{ port: number }[]>`SELECT inet_server_port() AS port`;
  return row?.port;
};
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 60_000, interval: 50 });

test("every connection goes to the host that takes writes, wherever it stands in the list", async () => {
  expect(await portInUse()).toBe(portOf(servers.primary.url));
  expect(await receivesNotifications(address)).toBe(true);
  const client = await connectOrExplain(address, "test");
  expect(client.port).toBe(portOf(servers.primary.url));
  await client.end();
});

test("when no host takes writes, the error says what each of them said", async () => {
  const { host } = new URL(servers.standby.url);
  const away = servers.standby.url.replace("@", "@127.0.0.1:1,");
  const reasons = `No host takes writes \\(127\\.0\\.0\\.1:1: connect ECONNREFUSED 127\\.0\\.0\\.1:1; ${host}: a standby, or read-only\\)`;
  await expect(connectOrExplain(away, "test")).rejects.toThrow(
    new RegExp(
      `^The database at 127\\.0\\.0\\.1:1,${host} cannot be used \\(${reasons}\\): check that it runs and that DATABASE_URL is right\\.$`,
    ),
  );
  const refused = away.replace(":replicated@", ":wrong@");
  await expect(connectOrExplain(refused, "test")).rejects.toThrow(/authentication failed.*: check the user, password and database/);
  const alone = `${servers.standby.url}?target_session_attrs=read-write`;
  await expect(connectOrExplain(alone, "test")).rejects.toThrow(`(No host takes writes (${host}: a standby, or read-only))`);

  const [error, other] = await Promise.all(
    [1, 2].map(() => new DatabaseClient({ connectionString: away }).connect().catch((reason: unknown) => reason)),
  );
  expect(other).not.toBe(error);
  expect(other).toEqual(error);
  expect(explainDatabaseFailure(error)).toMatch(new RegExp(`${reasons}: check that one of them is the primary`));
});

test("a host that is silent delays nobody, and a search that takes too long ends when its caller's time is over", async () => {
  const { primary } = servers;
  const silent = await startSilentServer();
  const client = new DatabaseClient({
    connectionString: primary.url.replace("@", `@127.0.0.1:${silent.port},`),
    connectionTimeoutMillis: 4000,
  });
  await client.connect();
  expect(client.port).toBe(portOf(primary.url));
  await client.end();
  const alone = `postgresql://daai@127.0.0.1:${silent.port}/daai?target_session_attrs=primary`;
  await expect(new DatabaseClient({ connectionString: alone, connectionTimeoutMillis: 50 }).connect()).rejects.toThrow(/^timeout exceeded/);
  silent.close();
});

test("whoever connects when no connection is left asks all hosts again", async () => {
  const proxy = await startTcpProxy(portOf(servers.primary.url));
  const connect = async () => {
    const client = new DatabaseClient({ connectionString: address.replace("@", `@127.0.0.1:${proxy.port},`) });
    await client.connect();
    await client.end();
    return client.port;
  };
  expect(await connect()).toBe(proxy.port);
  await proxy.close();
  expect(await connect()).toBe(portOf(servers.primary.url));
});

test("the doctor says what each host is", async () => {
  const [standby, primary] = [servers.standby.url, servers.primary.url].map((url) => new URL(url).host);
  const examine = async (url: string) => {
    Object.assign(process.env, { DATABASE_URL: url, DATABASE_DIRECT_URL: url });
    resetEnvCache();
    return checkHosts();
  };
  expect(await examine(servers.primary.url)).toEqual([]);
  expect(await examine(address.replace("@", "@127.0.0.1:1,"))).toMatchObject([
    { status: "notice", detail: expect.stringContaining("127.0.0.1:1 (conn") },
  ]);
  expect(await examine(address.replace("@", `@${primary},`))).toMatchObject([{ status: "problem" }]);
  expect(await examine(address)).toEqual([
    { name: "hosts", status: "ok", detail: `${standby} (a standby, or read-only), ${primary} takes writes.` },
  ]);
});

test("a connection whose server refuses a write as read-only is given up, since another host may take them", async () => {
  const client = new DatabaseClient({ connectionString: address });
  await client.connect();
  const ended = new Promise((resolve) => client.once("end", resolve));
  await client.query("BEGIN READ ONLY");
  await expect(client.query("CREATE TABLE refused ()")).rejects.toMatchObject({ code: "25006" });
  await ended;
});

test("when the primary falls silent and the standby takes over, everything goes on there by itself", async () => {
  const onChange = vi.fn<(payload: string | null) => void>();
  // Slow heartbeats: only what is cut on purpose comes back in time.
  const stopListening = listen("several_hosts", onChange, { pingIntervalMs: 3_600_000, timeoutMs: 20_000 });
  const worker: Worker = await startWorker({ beatMs: 3_600_000, timeoutMs: 120_000 });
  await eventually(() => expect(onChange).toHaveBeenCalledWith(null));
  expect(await portInUse()).toBe(portOf(servers.primary.url));

  await servers.primary.freeze();
  await servers.promote();
  await expect(failFastIfDatabaseDown(portInUse())).rejects.toThrow(DatabaseUnresponsiveError);
  await eventually(async () => expect(await failFastIfDatabaseDown(portInUse())).toBe(portOf(servers.standby.url)));

  onChange.mockClear();
  await eventually(async () => {
    await getDb().$queryRaw`SELECT pg_notify('several_hosts', 'moved')::text`;
    expect(onChange).toHaveBeenCalledWith("moved");
  });
  await getDb().$queryRaw`SELECT graphile_worker.add_job('delete-old-counters')::text`;
  const jobs = () => getDb().$queryRaw`SELECT 1 FROM graphile_worker._private_jobs WHERE run_at <= now()`;
  await eventually(async () => expect(await jobs()).toEqual([]));
  await eventually(() => expect(lostFor(0)).toEqual([]));
  await stopListening();
  await worker.stop();
});
