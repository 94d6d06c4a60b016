import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openSecrets } from "@/lib/data-directory/secrets";
import { openCheckpoint } from "@/lib/domain/log/checkpoint";
import { signedNoteText, verifierKeyText } from "@/lib/domain/log/signed-note";
import { resetEnvCache } from "@/lib/env";
import { getLogKeys } from "@/lib/receipts/log/log-keys";
import { nodeCheck } from "@/lib/receipts/log/node-check";
import { makeRun, makeWorkspace } from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { runAdmin } from "./run-admin";

const dataDir = mkdtempSync(join(tmpdir(), "daai-log-keys-"));
const settings = { ...process.env };
afterAll(() => {
  rmSync(dataDir, { recursive: true });
  process.env = settings;
  resetEnvCache();
});

/** What a start does with the secrets of the data directory. */
async function restart(): Promise<void> {
  Object.assign(process.env, { DAAI_LOG_EARLIER_KEYS: "" }, await openSecrets(dataDir), { DAAI_DATA_DIR: dataDir });
  resetEnvCache();
}

async function log(...args: string[]) {
  let text = "";
  const write = (part: string) => void (text += part);
  const code = await runAdmin(["log", ...args], { out: write, err: write });
  return { code, text };
}

const rotate = (...args: string[]) => log("rotate-key", ...args);

const TEXT = `origin\n1\n${Buffer.alloc(32).toString("base64")}\n`;
const signed = async () =>
  signedNoteText(
    TEXT,
    (await getLogKeys()).signers.map((signer) => signer.sign(TEXT)),
  );

test("a key is rotated with an overlap, in which both sign; afterwards the old one is still known", async () => {
  await restart();
  const [old] = (await getLogKeys()).keys;
  if (!old) throw new Error("There is a key.");
  const oldNote = await signed();
  expect(await rotate()).toMatchObject({ code: 0, text: expect.stringContaining("Restart every process") });
  await restart();
  expect((await getLogKeys()).signers).toHaveLength(2);
  const [current] = (await getLogKeys()).keys;
  if (!current) throw new Error("There is a key.");
  for (const key of [old, current])
    expect(await openCheckpoint(nodeCheck, await signed(), [key])).toMatchObject({ ok: true, signedBy: [key] });

  expect(await rotate("--finish")).toMatchObject({ code: 0, text: expect.stringContaining("only the newest key") });
  await restart();
  const { signers, keys } = await getLogKeys();
  expect([signers.map(({ key }) => key), keys.map(verifierKeyText)]).toEqual([[current], [current, old].map(verifierKeyText)]);
  expect(await openCheckpoint(nodeCheck, oldNote, keys)).toMatchObject({ ok: true, signedBy: [old] });
  expect(await openCheckpoint(nodeCheck, await signed(), [old])).toMatchObject({
    ok: false,
    problem: expect.stringContaining("none of the keys"),
  });
  expect(await log("keys")).toMatchObject({
    code: 0,
    text: `${verifierKeyText(current)}  signs\n${verifierKeyText(old)}  no longer signs\n`,
  });
  expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("keys from the settings are not replaced behind their back", async () => {
  process.env.DAAI_LOG_SIGNING_KEY = Buffer.alloc(32, "another").toString("base64");
  resetEnvCache();
  expect(await rotate()).toMatchObject({ code: 1, text: expect.stringContaining("DAAI_LOG_EARLIER_KEYS") });
});

test("logs are not restarted as those of this machine in a shell without the console's address", async () => {
  const workspace = await makeWorkspace();
  await makeRun(workspace, "always_allow");
  await sequenceReceipts(workspace.ctx);
  const backup = ["restart", "--backup", "2026-11-25T03:00:00Z"];
  Object.assign(process.env, { DAAI_PUBLIC_URL: "", PORT: "3999" });
  resetEnvCache();
  for (const args of [backup, [...backup, "--confirm"]])
    expect(await log(...args)).toEqual({
      code: 1,
      text: expect.stringMatching(/^The log of .+ is that of localhost:3000, and DAAI_PUBLIC_URL isn't set here: /),
    });
  Object.assign(process.env, { DAAI_PUBLIC_URL: "https://console.example.com" });
  resetEnvCache();
  expect(await log(...backup, "--confirm")).toMatchObject({ code: 0, text: expect.stringContaining("console.example.com/receipts/") });
});
