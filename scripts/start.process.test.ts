import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createTestDatabase } from "@/lib/testing/database";
import { startTestServer, type TestServer } from "@/lib/testing/test-server";
import { testSettings } from "@/lib/testing/test-settings";
import { startTransactionPooler } from "@/lib/testing/transaction-pooler";

const dataDir = mkdtempSync(join(tmpdir(), "daai-start-"));
const pidFile = join(dataDir, "postgres", "postmaster.pid");
/** Empty: the embedded database, with the secrets of its data directory. */
const EMBEDDED = {
  DATABASE_URL: "",
  DATABASE_DIRECT_URL: "",
  NEXTAUTH_SECRET: "",
  DAAI_KEY_PEPPER: "",
  DAAI_LOG_SIGNING_KEY: "",
  DAAI_DATA_DIR: dataDir,
};

const servers: TestServer[] = [];

async function startEmbedded(port?: number): Promise<TestServer> {
  const server = await startTestServer({ databaseUrl: "", port, env: EMBEDDED });
  servers.push(server);
  return server;
}

/** NaN while there is no file, also when it goes between two looks. */
function databasePid(): number {
  try {
    return Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  } catch {
    return NaN;
  }
}

const isReady = async ({ url }: TestServer) => (await fetch(`${url}/api/ready`)).status === 200;

// What a failed test left running must not disturb the next one. A server that has ended already ignores it.
afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill("SIGTERM");
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** `npm start` that cannot succeed: its exit code and what it says. */
async function failToStart(env: Record<string, string>, args = ["scripts/start.mjs"]): Promise<{ code: unknown; said: string }> {
  const child = execFile(process.execPath, args, { env: { ...process.env, NODE_ENV: "development", ...testSettings(""), ...env } });
  let said = "";
  child.stdout?.on("data", (text: string) => (said += text));
  child.stderr?.on("data", (text: string) => (said += text));
  const [code] = (await once(child, "close")) as [number];
  return { code, said: said.trim() };
}

describe("the embedded database's server", () => {
  it("starts, says where it is, and stops with its database", async () => {
    const server = await startEmbedded();
    expect(server.logs()).toMatch(new RegExp(`Console +${server.url}\\n`));
    expect(server.logs()).toContain(dataDir);
    expect(await isReady(server)).toBe(true);
    await server.stop();
    expect(existsSync(pidFile)).toBe(false);
    expect(readFileSync(join(dataDir, "secrets.json"), "utf8")).toContain("BEGIN PRIVATE KEY");
  });

  it("comes back by itself when PostgreSQL is killed", async () => {
    const server = await startEmbedded();
    const before = databasePid();
    process.kill(before, "SIGKILL");
    // Each look is a request of its own; the new server's file appears before it answers.
    while ([NaN, before].includes(databasePid()) || !(await isReady(server)));
    await server.stop();
  });

  it("comes back after a kill -9 of itself, on the database it left behind", async () => {
    const killed = await startEmbedded();
    await killed.kill("SIGKILL");
    const orphan = databasePid();
    const server = await startEmbedded(killed.port);
    expect(databasePid()).toBe(orphan);
    expect(await isReady(server)).toBe(true);
    await server.stop();
    expect(existsSync(pidFile)).toBe(false);
  });

  it("comes back after a kill -9 of itself and of PostgreSQL", async () => {
    const killed = await startEmbedded();
    process.kill(databasePid(), "SIGKILL");
    await killed.kill("SIGKILL");
    const server = await startEmbedded();
    expect(await isReady(server)).toBe(true);
    await server.stop();
  });

  it("is shared by two servers, and stopped by the last", async () => {
    const first = await startEmbedded();
    const second = await startEmbedded();
    await first.stop();
    expect(await isReady(second)).toBe(true);
    await second.stop();
    expect(existsSync(pidFile)).toBe(false);
  });
});

describe("a start that cannot succeed says what to do, in one sentence", () => {
  it("the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    expect(await failToStart({ HOST: "127.0.0.1", PORT: String(port) })).toEqual({
      code: 1,
      said: `Port ${port} is taken: stop the program that uses it, or set PORT to another number.`,
    });
    other.close();
  });

  it("a setting is wrong", async () => {
    const { code, said } = await failToStart({ PORT: "abc", DAAI_PLAN: "pro" });
    expect({ code, lines: said.split("\n") }).toEqual({
      code: 1,
      lines: ["PORT must be a whole number from 1 to 65535.", "DAAI_PLAN must be one of free, unlimited."],
    });
  });

  it("secrets are missing in production", async () => {
    const { url } = await createTestDatabase();
    const { code, said } = await failToStart({ NODE_ENV: "production", DATABASE_URL: url, DAAI_KEY_PEPPER: "" });
    expect(code).toBe(1);
    expect(said).toMatch(/^DAAI_KEY_PEPPER must be set when NODE_ENV=production and DATABASE_URL are: .*\.$/);
  });

  it("the data directory cannot be written", async () => {
    const file = join(dataDir, "a-file");
    writeFileSync(file, "");
    const { code, said } = await failToStart({ ...EMBEDDED, DAAI_DATA_DIR: join(file, "below") });
    expect(code).toBe(1);
    expect(said).toMatch(/^The data directory .*a-file\/below can't be written \(ENOTDIR\): make it writable .*\.$/);
  });

  it("the database cannot be reached", async () => {
    const { code, said } = await failToStart({ DATABASE_URL: "postgresql://daai@127.0.0.1:1/daai" });
    expect(code).toBe(1);
    expect(said).toMatch(/^The database at 127\.0\.0\.1:1 cannot be used .*: check that it runs and that DATABASE_URL is right\.$/);
  });

  it("the database is behind a pooler in transaction mode, and no other address is given", async () => {
    const { url } = await createTestDatabase();
    const pooler = await startTransactionPooler(Number(new URL(url).port));
    const pooled = Object.assign(new URL(url), { hostname: "127.0.0.1", port: String(pooler.port) }).href;
    const { code, said } = await failToStart({ DATABASE_URL: pooled, DATABASE_DIRECT_URL: "" });
    expect(code).toBe(1);
    expect(said).toMatch(/^DATABASE_URL goes through a pooler in transaction mode: also set DATABASE_DIRECT_URL to the address of .*\.$/);
    await pooler.close();
  });

  it("the pooler cannot be reached, though the database can", async () => {
    const { url } = await createTestDatabase();
    const { code, said } = await failToStart({
      DATABASE_URL: "postgresql://daai@127.0.0.1:1/daai",
      DATABASE_DIRECT_URL: url,
      DAAI_WORKER: "only",
    });
    expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/^The database at 127\.0\.0\.1:1 cannot be used .*\.$/) });
  });

  it("the role has no connection left", async () => {
    const { url } = await createTestDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} CONNECTION LIMIT 1`);
    const { code, said } = await failToStart({ DATABASE_URL: url, DATABASE_DIRECT_URL: url, DAAI_WORKER: "only" });
    await client.end();
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/^The database has no connection left for this process. .*\.$/),
    });
  });

  it.each(["/proc/nowhere", "/proc/nowhere/deeper"])("the data directory is where no folders are made: %s", async (dir) => {
    const { code, said } = await failToStart({ ...EMBEDDED, DAAI_DATA_DIR: dir, DAAI_WORKER: "only" });
    expect(code).toBe(1);
    expect(said).toMatch(/^The data directory \/proc\/nowhere\S* can't be written \(\w+\): make it writable .*\.$/);
  });

  it("Node is too old", async () => {
    const pretend = "Object.defineProperty(process.versions, 'node', { value: '20.18.3' }); await import('./scripts/start.mjs')";
    const { code, said } = await failToStart({}, ["--input-type=module", "-e", pretend]);
    expect(code).toBe(1);
    expect(said).toBe(
      "DAAI Console needs Node 22 or newer (20.19 also works); this is Node 20.18.3: install a newer one from https://nodejs.org.",
    );
  });
});

it("leaves the database as it was when the pages cannot be built", async () => {
  const checkout = mkdtempSync(join(tmpdir(), "daai-checkout-"));
  for (const part of [
    "lib",
    "scripts",
    "prisma",
    "sdk/gateway",
    "sdk/typescript",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "next.config.mjs",
  ])
    cpSync(part, join(checkout, part), { recursive: true });
  symlinkSync(resolve("node_modules"), join(checkout, "node_modules"));
  mkdirSync(join(checkout, "app"));
  writeFileSync(join(checkout, "app", "page.tsx"), "this is no page");
  const { url } = await createTestDatabase({ isEmpty: true });
  const { code, said } = await failToStart({ DATABASE_URL: url, DATABASE_DIRECT_URL: url }, [join(checkout, "scripts/start.mjs")]);
  expect(said).toContain("The pages couldn't be built. The reason is above.");
  expect(code).toBe(1);
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "SELECT nspname, relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname !~ '^(pg_|information_)'",
  );
  expect(rows).toEqual([]);
  await client.end();
  rmSync(checkout, { recursive: true });
});

it("runs the worker alone with DAAI_WORKER=only", async () => {
  const { url } = await createTestDatabase();
  const worker = await startTestServer({ databaseUrl: url, env: { DAAI_WORKER: "only" } });
  await expect(fetch(`${worker.url}/api/health`)).rejects.toThrow();
  await worker.stop();
});
