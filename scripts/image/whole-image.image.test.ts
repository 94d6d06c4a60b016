import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { disconnectDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { acquireEmbeddedDatabase } from "@/lib/embedded-postgres/embedded-database";
import { resetEnvCache } from "@/lib/env";
import { freePort } from "@/lib/net/free-port";
import { PAGE_ROWS, ROUTE_ROWS } from "@/lib/testing/console/page-rows";
import { makeSweepWorld } from "@/lib/testing/console/sweep-world";
import { FIRST_NEW, OLD, restoreOldRelease } from "@/lib/testing/old-release";
import { testSettings } from "@/lib/testing/test-settings";
import { buildImage, type Image } from "./build-image";
import { type Container, type ContainerOptions, startContainer } from "./container";

const FOLDER = process.env.DAAI_IMAGE_FOLDER ?? join(tmpdir(), "daai-image");
const scratch = mkdtempSync(join(tmpdir(), "daai-volumes-"));
let image: Image;
const running = new Set<Container>();

const newVolume = (name: string) => {
  const folder = join(scratch, name);
  mkdirSync(folder, { mode: 0o700 });
  return folder;
};

async function start(options: Pick<ContainerOptions, "data" | "env">): Promise<Container> {
  const container = await startContainer(image, { ...options, port: await freePort(), metricsPort: await freePort() });
  running.add(container);
  return container;
}

async function stop(container: Container): Promise<number | null> {
  running.delete(container);
  return container.stop();
}

const filesIn = (root: string, folders: readonly string[]) =>
  folders.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => `/${folder}/${path}`)
      : [],
  );

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  image = await buildImage(FOLDER, (message) => console.log(message));
  console.log(`The console in the image: ${execFileSync("du", ["-sm", `${image.root}/console`], { encoding: "utf8" }).split("\t")[0]} MB`);
});
afterAll(async () => {
  await Promise.all([...running].map(stop));
  await disconnectDb();
  rmSync(scratch, { recursive: true, force: true });
});

it("has no build tool, nothing that belongs to its account, and no secret", () => {
  const programs = filesIn(image.root, ["bin", "usr/bin", "usr/local/bin"]).map((path) => path.split("/").at(-1));
  for (const tool of ["npm", "npx", "yarn", "gcc", "cc", "make", "git", "python3"]) expect(programs).not.toContain(tool);
  const shipped = filesIn(image.root, ["console"]);
  expect(
    shipped.filter((path) => /node_modules\/(esbuild|tsx|typescript|@next\/swc-[^/]+)$|\.tsx$|\.env$|secrets\.json$/.test(path)),
  ).toEqual([]);
  const own = shipped.filter((path) => statSync(image.root + path, { throwIfNoEntry: false })?.uid !== 0);
  expect(own).toEqual([]);
});

it("starts on a new volume, serves every page without writing into itself, and keeps what it stored", async () => {
  const data = newVolume("new");
  // What the sweep's world is made of must not be worked off meanwhile.
  const first = await start({ data, env: { DAAI_WORKER: "off" } });
  expect(first.logs()).toContain("Setup code");
  useDatabaseOf(first, data);
  const world = await makeSweepWorld();
  for (const [address, row] of [...Object.entries(PAGE_ROWS), ...Object.entries(ROUTE_ROWS)]) {
    const cookie = row.who === "operator" ? world.cookies.operator : world.cookies.owner;
    const ended = new AbortController();
    const response = await fetch(first.url + row.path({ ...world.things, workspaceId: world.mine.workspaceId }), {
      headers: { Cookie: cookie },
      signal: ended.signal,
      redirect: "manual",
    });
    ended.abort();
    expect(response.status, address).toBeLessThan(500);
  }
  for (const file of ["daai-js.tgz", readPythonPackageName()])
    expect((await fetch(`${first.url}/packages/${file}`)).status, file).toBe(200);
  expect(first.exec("admin", "workspace", "list")).toContain(world.things.workspaceName);
  first.exec("admin", "backup", "/data/console.backup");
  expect(() => first.exec("sh", "-c", "touch /console/x")).toThrow(/Read-only file system/);
  expect(errorsIn(first.logs())).toEqual([]);

  // PostgreSQL is no child of anybody's here: process 1 doesn't collect it, and starts another.
  const postmaster = () => Number(readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  const before = postmaster();
  first.exec("sh", "-c", `kill -KILL ${before}`);
  await vi.waitFor(() => expect([postmaster() !== before, first.checkHealth()]).toEqual([true, 0]), { timeout: 60_000, interval: 100 });

  expect(await stop(first)).toBe(0);
  expect(existsSync(join(data, "postgres/postmaster.pid"))).toBe(false);
  const second = await start({ data });
  expect(second.logs()).not.toContain("Applied migration");
  expect(second.exec("admin", "workspace", "list")).toContain(world.things.workspaceName);
  expect(await stop(second)).toBe(0);
});

it("upgrades the volume of an earlier release where it is, and an earlier release leaves a newer one alone", async () => {
  const data = newVolume("earlier");
  const database = await acquireEmbeddedDatabase({ dataDir: data });
  await migrate({ databaseUrl: database.url, only: (name) => name < FIRST_NEW });
  await restoreOldRelease(database.url);
  await database.release();
  execFileSync("chown", ["-R", image.user, data]);
  const { NEXTAUTH_SECRET, DAAI_KEY_PEPPER, DAAI_LOG_SIGNING_KEY } = testSettings("");
  const env = { NEXTAUTH_SECRET, DAAI_KEY_PEPPER, DAAI_LOG_SIGNING_KEY } as Record<string, string>;

  const upgraded = await start({ data, env });
  expect(upgraded.logs()).toContain(`Applied migration ${FIRST_NEW}`);
  const runs = JSON.parse(upgraded.exec("admin", "run", "list", "--workspace", OLD.known.workspaceId, "--json")) as { runs: unknown[] };
  expect(runs.runs).toHaveLength(OLD.tables.action_runs?.length ?? 0);
  expect(await stop(upgraded)).toBe(0);

  // An earlier release is this image without its newest migration.
  const root = join(FOLDER, "earlier");
  rmSync(root, { recursive: true, force: true });
  execFileSync("cp", ["-a", "--reflink=auto", image.root, root]);
  const newest =
    readdirSync(join(root, "console/prisma/migrations"))
      .sort()
      .findLast((name) => /^\d/.test(name)) ?? "";
  rmSync(join(root, "console/prisma/migrations", newest), { recursive: true });
  const ports = { port: await freePort(), metricsPort: await freePort() };
  const refusal = `The database was migrated by a newer release (${newest}): start that release, or restore a backup made before it.`;
  await expect(startContainer({ ...image, root }, { data, env, ...ports })).rejects.toThrow(refusal);
  rmSync(root, { recursive: true });

  const again = await start({ data, env });
  expect(again.exec("admin", "log", "verify", "--all")).toMatch(/\S/);
  expect(await stop(again)).toBe(0);
});

it("takes a role: one container serves and one works on the same database, and each is healthy by what it does", async () => {
  const data = newVolume("shared");
  const database = await start({ data, env: { DAAI_WORKER: "off" } });
  const secrets = JSON.parse(readFileSync(join(data, "secrets.json"), "utf8")) as Record<string, string>;
  const env = { ...secrets, DATABASE_URL: database.exec("admin", "database-url").trim() };
  const [serving, working] = [
    await start({ data: newVolume("serving"), env: { ...env, DAAI_WORKER: "off" } }),
    await start({ data: newVolume("working"), env: { ...env, DAAI_WORKER: "only" } }),
  ];
  expect((await fetch(`${serving.url}/api/health`)).status).toBe(200);
  await expect(fetch(`${working.url}/api/health`)).rejects.toThrow();
  expect((await fetch(`${working.metricsUrl}/api/ready`)).status).toBe(200);
  for (const container of [working, serving, database]) expect(await stop(container)).toBe(0);
  // With a database and secrets from the settings, the volume isn't used.
  expect(readdirSync(join(scratch, "serving"))).toEqual([]);
});

it("doesn't start with a database of its own and no secrets", async () => {
  const options = { data: newVolume("none"), port: await freePort(), metricsPort: await freePort() };
  const env = { DATABASE_URL: "postgresql://console:console@127.0.0.1:1/console" };
  await expect(startContainer(image, { ...options, env })).rejects.toThrow("DAAI_KEY_PEPPER must be set when NODE_ENV=production");
});

/** From now on, this process uses the container's database. */
function useDatabaseOf(container: Container, data: string): void {
  const url = container.exec("admin", "database-url").trim();
  const secrets = JSON.parse(readFileSync(join(data, "secrets.json"), "utf8")) as Record<string, string>;
  Object.assign(process.env, testSettings(url), secrets, { DAAI_PLAN: "unlimited" });
  resetEnvCache();
}

function readPythonPackageName(): string {
  return `daai_python-${/__version__ = "([^"]+)"/.exec(readFileSync("sdk/python/src/daai/_version.py", "utf8"))?.[1]}-py3-none-any.whl`;
}

/** What the log calls an error: 50 and above. */
function errorsIn(logs: string): string[] {
  return logs.split("\n").filter((line) => /^\{"level":(?:"error"|"fatal"|[5-9]\d)/.test(line));
}
