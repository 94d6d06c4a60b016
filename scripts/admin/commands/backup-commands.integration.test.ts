import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { getDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { readDatabaseCode } from "@/lib/db/read-database-code";
import type { RuleSet } from "@/lib/domain/policy/rules/rule-set";
import { getEnv } from "@/lib/env";
import { verifyStoredLog } from "@/lib/receipts/log/verify-stored-log";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { restorePolicy } from "@/lib/registered-actions/restore-policy";
import { createDatabaseBefore, createTestDatabase } from "@/lib/testing/database";
import { claimOk, expectOk, makeAction, makeWorkspace, proposeOk, report, type TestWorkspace } from "@/lib/testing/factories";
import { FIRST_NEW, restoreOldRelease } from "@/lib/testing/old-release";
import { resetProcess } from "@/lib/testing/reset-process";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { tableContents } from "@/lib/testing/table-contents";
import { json, refused } from "@/scripts/admin/try-admin";

const folder = mkdtempSync(join(tmpdir(), "daai-backup-"));
const file = join(folder, "console.backup");
let workspace: TestWorkspace;
let original: string;

/** Text that COPY has to escape, in a payload and a name. */
const ODD = "a\\b\t\\.\nc\r\n\\N \u{1f600} 'x' \"y\"";

/** A policy with a history of two versions. */
const RULES: RuleSet = { rules: [{ name: "small", when: 'amount <= dec("100")', then: "allow" }], otherwise: "ask" };

beforeAll(async () => {
  original = getEnv().DATABASE_URL;
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "pay", approverEmails: ["ann@example.com"] });
  await makeAction(workspace, { name: "read", policy: { type: "always_allow" } });
  await makeAction(workspace, { name: "refund", policy: { type: "rules", rules: RULES } });
  await proposeOk(workspace, { action: "refund", payload: { amount: "80.00" } });
  const stricter = { ...RULES, otherwise: "block" } as const;
  expectOk(await editAction(workspace.ctx, { name: "refund", title: "Refund", policy: { type: "rules", rules: stricter } }));
  await proposeOk(workspace, { action: "pay", payload: { amount: "12345678901234567890.12", [ODD]: ODD } });
  const { action_run_id: runId } = await proposeOk(workspace, { action: "read", payload: { odd: ODD } });
  await report(workspace, runId, { claimToken: await claimOk(workspace, runId) });
  await sequenceReceipts(workspace.ctx);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** From now on, commands and queries use this database. */
const use = (url: string) => resetProcess(url);
const emptyDatabase = async () => {
  const { url } = await createTestDatabase({ isEmpty: true });
  await use(url);
  return url;
};
const written = (text: string) => {
  const path = join(mkdtempSync(join(folder, "file-")), "other.backup");
  writeFileSync(path, gzipSync(text));
  return path;
};

/** Of every table but the list of migrations, whose rows say when each was applied here. */
async function storedRows() {
  const { "public._prisma_migrations": _, ...contents } = await tableContents();
  return contents;
}

async function codeOf(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`
      SELECT conname, pg_get_constraintdef(oid) AS definition, NULL AS state FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
      UNION ALL SELECT tgname, tgrelid::regclass::text, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2`);
    return { code: await readDatabaseCode(client), rows };
  } finally {
    await client.end();
  }
}

test("a backup restores everything, byte by byte, and the console goes on from there", async () => {
  const document = await json("backup", file);
  expect(document).toMatchObject({ file, bytes: statSync(file).size, tables: expect.any(Number) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const [contents, code] = [await storedRows(), await codeOf(original)];

  const url = await emptyDatabase();
  expect(await json("restore", file)).toEqual({ ...document, bytes: undefined, release: "0.2.0" });
  expect(await storedRows()).toEqual(contents);
  expect(await codeOf(url)).toEqual(code);
  expect((await verifyStoredLog(workspace.ctx))?.problems).toEqual([]);
  // Its migrations are applied, its triggers fire, and its sequences continue.
  expect(await migrate({ databaseUrl: url })).toBe(0);
  expect((await proposeOk(workspace, { action: "pay", payload: { amount: "1" } })).governance_status).toBe("pending_approval");
  // The newest version of the rules decides, and the one before can be restored.
  const refund = (amount: string) => proposeOk(workspace, { action: "refund", payload: { amount } });
  expect([(await refund("80.00")).policy_rule, (await refund("800.00")).governance_status]).toEqual(["small", "blocked"]);
  const { configVersion } = (await getAction(workspace.ctx, "refund")) ?? expect.unreachable();
  expectOk(await restorePolicy(workspace.ctx, { name: "refund", version: 1, configVersion }));
  expect(await refund("800.00")).toMatchObject({ governance_reason: "rule_requires_approval" });
  await expect(getDb().auditEvent.deleteMany()).rejects.toThrow();
  await use(original);
});

test("what is written meanwhile is in the backup whole or not at all", async () => {
  let isDone = false;
  const writing = Array.from({ length: 4 }, async () => {
    for (let n = 0; !isDone && n < 200; n++) await proposeOk(workspace, { action: n % 2 ? "pay" : "read", payload: { n } });
  });
  const { taken_at: takenAt } = await json("backup", file).finally(() => (isDone = true));
  await Promise.all(writing);
  const before = await getDb().actionRun.count({ where: { createdAt: { lt: new Date(String(takenAt)) } } });

  await emptyDatabase();
  await json("restore", file);
  const runs = await getDb().actionRun.count();
  expect(runs).toBeLessThanOrEqual(before + 4);
  const waiting = await getDb().waitingReceipt.count();
  expect(waiting + (await getDb().receiptPlace.count())).toBe(await getDb().receipt.count());
  expect((await getDb().receipt.findMany({ where: { kind: "decision" }, distinct: ["runId"] })).length).toBeGreaterThan(0);
  await sequenceReceipts(workspace.ctx);
  expect((await verifyStoredLog(workspace.ctx))?.problems).toEqual([]);
  await use(original);
});

test("a backup of an earlier release is restored as it was, and migrated afterwards", async () => {
  const { url: old } = await createDatabaseBefore(FIRST_NEW);
  await restoreOldRelease(old);
  await use(old);
  const contents = await storedRows();
  const early = join(folder, "early.backup");
  await json("backup", early);

  const url = await emptyDatabase();
  await json("restore", early);
  expect(await storedRows()).toEqual(contents);
  expect(await migrate({ databaseUrl: url })).toBeGreaterThan(10);
  await use(original);
});

describe("a restore that cannot succeed says why, and leaves nothing behind", () => {
  const whole = () => gunzipSync(readFileSync(file)).toString("utf8");
  const headerOf = (text: string) => JSON.parse(text.slice(0, text.indexOf("\n"))) as { tables: object[]; migrations: string[] };
  const withHeader = (change: (header: ReturnType<typeof headerOf>) => object) => {
    const text = whole();
    return JSON.stringify(change(headerOf(text))) + text.slice(text.indexOf("\n"));
  };

  it.each<[string, () => string, RegExp]>([
    ["no such file", () => join(folder, "nowhere"), /nowhere can't be read \(ENOENT/],
    ["not a gzip", () => new URL("../../../package.json", import.meta.url).pathname, /isn't a whole backup/],
    ["another gzip", () => written('{"format":"other"}\n'), /isn't a backup of a console/],
    ["an empty one", () => written(""), /isn't a whole backup/],
    ["cut off in the middle of a table", () => written(whole().slice(0, -5000)), /isn't a whole backup/],
    ["without its end", () => written(whole().slice(0, whole().lastIndexOf('{"rows"'))), /isn't a whole backup/],
    ["with more behind its end", () => written(`${whole()}x`), /isn't a whole backup/],
    [
      "a row less than it says",
      () => written(whole().replace(/"rows":\[(\d+)/, (_, n) => `"rows":[${Number(n) + 1}`)),
      /other rows than it says/,
    ],
    [
      "of a newer release",
      () => written(withHeader((h) => ({ ...h, migrations: [...h.migrations, "29990101000000_x"] }))),
      /newer release/,
    ],
    [
      "with a name that would be SQL",
      () => written(withHeader((h) => ({ ...h, tables: [{ ...h.tables[0], name: "users; DROP TABLE users" }, ...h.tables.slice(1)] }))),
      /aren't those of its release/,
    ],
  ])("%s", async (_, make, problem) => {
    const path = make();
    await emptyDatabase();
    expect(await refused("restore", path)).toMatch(problem);
    // The same database takes a good one afterwards.
    await json("restore", file);
    await use(original);
  });

  it("a database that has a console", async () => {
    expect(await refused("restore", file)).toMatch(/^The database isn't empty \(\w+ has rows\): restore into a new one/);
  });
});

test("a backup that cannot be written says so and leaves the earlier one, and a database without a console has none", async () => {
  expect(await refused("backup", join(folder, "no", "such.backup"))).toMatch(/such\.backup can't be written \(ENOENT\)/);
  const kept = readFileSync(file);
  // A device that is always full.
  symlinkSync("/dev/full", `${file}.partial`);
  expect(await refused("backup", file)).toMatch(/console\.backup can't be written \(ENOSPC\): make room on its disk/);
  await emptyDatabase();
  expect(await refused("backup", file)).toMatch(/^The database has no console in it yet/);
  expect(readFileSync(file).equals(kept)).toBe(true);
  expect(readdirSync(folder)).not.toContain("console.backup.partial");
  await use(original);
});
