import { beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { getEnv, resetEnvCache } from "@/lib/env";
import { makeRun, makeWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { examine } from "@/scripts/admin/commands/doctor-checks";
import { runAdmin } from "@/scripts/admin/commands/run-admin";
import { loadSettings, openRuntime } from "./open-runtime";

const PEPPER = "another-pepper-another-pepper-another-pepper";
const OTHER_KEY = Buffer.alloc(32, "another log signing key").toString("base64");

/** What a start prints, with these settings besides those of tests. */
async function start(settings: Record<string, string> = {}): Promise<string[]> {
  const said: string[] = [];
  await under(settings, async () => {
    const runtime = await openRuntime(loadSettings(), { say: (message) => said.push(message) });
    await runtime.close();
  });
  return said;
}

async function under<T>(settings: Record<string, string>, work: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, settings);
  resetEnvCache();
  try {
    return await work();
  } finally {
    process.env = before;
    resetEnvCache();
  }
}

const accept = (name: string, settings: Record<string, string>) =>
  under(settings, () => runAdmin(["secrets", "accept", name, "--confirm"], { out: () => undefined, err: () => undefined }));

const doctor = (settings: Record<string, string>) =>
  under(settings, async () => (await examine()).filter(({ name }) => name === "secret values"));

beforeEach(async () => {
  await getDb().secretCheck.deleteMany();
  await start();
});

it("the secrets that a database is used with are remembered at the first start, without showing them", async () => {
  const rows = await getDb().secretCheck.findMany({ orderBy: { name: "asc" } });
  expect(rows.map(({ name }) => name)).toEqual(["DAAI_KEY_PEPPER", "DAAI_LOG_SIGNING_KEY", "NEXTAUTH_SECRET"]);
  const { DAAI_KEY_PEPPER, DAAI_LOG_SIGNING_KEY, NEXTAUTH_SECRET } = getEnv();
  for (const secret of [DAAI_KEY_PEPPER, DAAI_LOG_SIGNING_KEY, NEXTAUTH_SECRET]) expect(JSON.stringify(rows)).not.toContain(secret);
  expect(await start()).toEqual([]);
  expect(await doctor({})).toMatchObject([{ status: "ok" }]);
});

describe.each([
  ["DAAI_KEY_PEPPER", PEPPER, /^DAAI_KEY_PEPPER isn't the one this console's database was used with: .*secrets accept DAAI_KEY_PEPPER$/],
  ["DAAI_LOG_SIGNING_KEY", OTHER_KEY, /^DAAI_LOG_SIGNING_KEY isn't a key that signed this console's receipt logs: /],
])("another %s", (name, value, sentence) => {
  it("is refused by the start and by commands, and found by the doctor", async () => {
    const other = { [name]: value };
    await expect(start(other)).rejects.toThrow(sentence);
    const command = under(other, () => openRuntime(loadSettings(), { say: () => undefined, mode: "use" }));
    await expect(command).rejects.toThrow(sentence);
    expect(await doctor(other)).toMatchObject([{ status: "problem", detail: expect.stringMatching(sentence) }]);
  });

  it("is the console's once it was accepted on purpose, and the earlier one isn't any more", async () => {
    const other = { [name]: value };
    expect(await accept(name, other)).toBe(0);
    expect(await start(other)).toEqual([]);
    await expect(start()).rejects.toThrow(sentence);
  });
});

it("another NEXTAUTH_SECRET is told of, since it only ends sessions", async () => {
  const other = { NEXTAUTH_SECRET: "another-secret-another-secret-another-secret" };
  const sentence = /^Warning: NEXTAUTH_SECRET isn't the one this console used before: everyone has to sign in again\./;
  expect(await start(other)).toEqual([expect.stringMatching(sentence)]);
  expect(await doctor(other)).toMatchObject([{ status: "problem" }]);
  await accept("NEXTAUTH_SECRET", other);
  expect(await start(other)).toEqual([]);
});

it("the log's key is exchanged with the earlier one named, and processes with either start meanwhile", async () => {
  const rotated = { DAAI_LOG_SIGNING_KEY: OTHER_KEY, DAAI_LOG_EARLIER_KEYS: process.env.DAAI_LOG_SIGNING_KEY ?? "" };
  expect(await start(rotated)).toEqual([]);
  expect(await start()).toEqual([]);
  expect(await start({ DAAI_LOG_SIGNING_KEY: OTHER_KEY })).toEqual([]);
});

it("a console of an earlier release, which remembered nothing, goes by the key of its newest checkpoint", async () => {
  const workspace = await makeWorkspace();
  await makeRun(workspace, "always_allow");
  expect(await sequenceReceipts(workspace.ctx)).toBe(1);
  await getDb().secretCheck.deleteMany();
  await expect(start({ DAAI_LOG_SIGNING_KEY: OTHER_KEY })).rejects.toThrow(/^DAAI_LOG_SIGNING_KEY isn't a key/);
  expect(await start()).toEqual([]);
  expect(await getDb().secretCheck.count()).toBe(3);
});
