import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, expect, it } from "vitest";
import { cluster } from "./cluster";
import { acquireEmbeddedDatabase, type EmbeddedDatabaseOptions } from "./embedded-database";
import { embeddedPaths } from "./embedded-paths";
import { openServer } from "./open-server";
import { findRunningServer } from "./running-server";

// A folder of mkdtemp is closed to other accounts: run as root, this is also the test of a checkout below /root.
const dataDir = mkdtempSync(join(tmpdir(), "daai-embedded-"));
const paths = embeddedPaths(dataDir);
const acquire = (more: Partial<EmbeddedDatabaseOptions> = {}) => acquireEmbeddedDatabase({ dataDir, ...more });
const runningServer = () => findRunningServer(cluster(paths.cluster));

afterAll(async () => {
  await (await acquire()).release();
  rmSync(dataDir, { recursive: true, force: true });
});

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

it("is made once, shared, and stopped by the last one to leave", async () => {
  const [first, second] = await Promise.all([acquire(), acquire()]);
  expect(second.url).toBe(first.url);
  await query(first.url, "CREATE TABLE kept AS SELECT 1 AS one");
  await first.release();
  expect(runningServer()).not.toBeNull();
  await second.release();
  expect(runningServer()).toBeNull();

  const third = await acquire();
  expect(third.url).toBe(first.url);
  expect(await query(third.url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
  await third.release();
});

it("gives the application a database of its own and no more", async () => {
  const { url, release } = await acquire();
  const sql =
    "SELECT rolsuper, rolcreatedb, rolcreaterole, current_setting('fsync') AS fsync, current_setting('listen_addresses') AS address FROM pg_roles WHERE rolname = current_user";
  expect(await query(url, sql)).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, fsync: "on", address: "127.0.0.1" }]);
  await expect(query(url.replace(/:[^:@]+@/, ":wrong@"), "SELECT 1")).rejects.toThrow("password");
  await expect(query(url.replace(/\/\/[^@]+@/, "//postgres@"), "SELECT 1")).rejects.toThrow("pg_hba");
  expect(statSync(paths.connection).mode & 0o777).toBe(0o600);
  await release();
});

it("uses the server that a killed process left behind", async () => {
  await openServer({ dataDir });
  const orphan = runningServer();
  const { release } = await acquire();
  expect(runningServer()).toEqual(orphan);
  await release();
  expect(runningServer()).toBeNull();
});

it("starts a killed server again, with everything that was committed", async () => {
  let restored: () => void;
  const isBack = new Promise<void>((resolve) => (restored = resolve));
  const { url, release } = await acquire({ onEvent: (event) => event === "restored" && restored() });
  await query(url, "CREATE TABLE committed AS SELECT 2 AS two");
  process.kill(runningServer()?.pid ?? 0, "SIGKILL");
  await isBack;
  expect(await query(url, "SELECT two FROM committed")).toEqual([{ two: 2 }]);
  await release();
});

it("takes another port when its own is taken, and keeps that", async () => {
  const { port } = JSON.parse(readFileSync(paths.connection, "utf8")) as { port: number };
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  const { url, release } = await acquire();
  expect(new URL(url).port).not.toBe(String(port));
  await release();
  other.close();
  const again = await acquire();
  expect(again.url).toBe(url);
  await again.release();
});

it("is not stopped by a pid file whose number belongs to another process now", async () => {
  const port = new URL(await openServer({ dataDir })).port;
  const server = runningServer();
  process.kill(server?.pid ?? 0, "SIGKILL");
  // What a restarted container finds: the old file, and a process of its own with the old number.
  const pidFile = join(paths.cluster, "postmaster.pid");
  const lines = readFileSync(pidFile, "utf8").split("\n");
  writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join("\n"));
  const { url, release } = await acquire();
  expect(new URL(url).port).toBe(port);
  await release();
});

it("says what is missing when its password is gone", async () => {
  const kept = readFileSync(paths.connection, "utf8");
  rmSync(paths.connection);
  await expect(acquire()).rejects.toThrow(/postgres\.json, .* is missing: restore it from your backup/);
  writeFileSync(paths.connection, kept.replace(/"password":"[^"]+"/, '"password":"wrong"'));
  await expect(acquire()).rejects.toThrow(/refuses the console .*password/);
  writeFileSync(paths.connection, kept, { mode: 0o600 });
});
