import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { decideByLink } from "@/lib/approvals/decide-by-link";
import { revokeByLink } from "@/lib/approvals/revoke-by-link";
import { systemContext, visitorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { bytesOfHex } from "@/lib/domain/log/byte-text";
import { verifierKeyText } from "@/lib/domain/log/signed-note";
import { readTar, TAR_END, tarFile } from "@/lib/domain/log/tar-archive";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { isConsistent } from "@/lib/domain/log/verify-merkle-proof";
import { getReceiptFile } from "@/lib/receipts/document/get-receipt-file";
import { APPROVE } from "@/lib/testing/deciders";
import {
  atOnce,
  claimOk,
  expectOk,
  linkTokens,
  makeAction,
  makeRun,
  makeWorkspace,
  proposeOk,
  report,
  type TestWorkspace,
} from "@/lib/testing/factories";
import { sequenceReceipts } from "@/lib/testing/sequence-receipts";
import { runAdmin } from "@/scripts/admin/commands/run-admin";
import { getLogConsistency } from "./get-log-consistency";
import { getLogKeys, signerOf } from "./log-keys";
import { newestCheckpointOf } from "./newest-checkpoints";
import { nodeCheck, sha256 } from "./node-check";
import { verifyStoredLog } from "./verify-stored-log";

const dir = mkdtempSync(join(tmpdir(), "daai-proofs-"));
let workspace: TestWorkspace;
let runId: string;
beforeAll(async () => {
  workspace = await makeWorkspace();
  await makeAction(workspace, { name: "go", policy: { type: "always_allow" } });
  await atOnce(5, (made) => proposeOk(workspace, { action: "go", payload: { made } }));
  runId = (await proposeOk(workspace, { action: "go", payload: { made: 5 } })).action_run_id;
  expectOk(await report(workspace, runId, { claimToken: await claimOk(workspace, runId) }));
});
afterAll(() => rmSync(dir, { recursive: true }));

const sequence = () => sequenceReceipts(systemContext(workspace.workspaceId));
const bytesOf = (value: object) => new TextEncoder().encode(JSON.stringify(value));
const keys = async () => (await getLogKeys()).keys;
const verify = async (content: Uint8Array<ArrayBuffer>, kept: string[] = []) => verifyEvidence(nodeCheck, await keys(), content, kept);
const problemOf = async (content: Uint8Array<ArrayBuffer>, kept: string[] = []) => (await verify(content, kept)).problems.join("\n");

async function fileOf(id: string, { ctx } = workspace): Promise<JsonObject> {
  const { id: receiptId } = await getDb().receipt.findFirstOrThrow({ where: { runId: id } });
  const file = await getReceiptFile(ctx, receiptId);
  if (!file) throw new Error("There is one.");
  return file;
}

async function admin(...args: string[]) {
  let text = "";
  const write = (part: string) => void (text += part);
  return { code: await runAdmin(args, { out: write, err: write }), text };
}

test("a receipt's file verifies by itself once the log has it, and with every change in it no more", async () => {
  expect(await problemOf(bytesOf(await fileOf(runId)))).toMatch(/not in the log yet/);
  await sequence();
  const file = await fileOf(runId);
  expect((await verify(bytesOf(file))).proved.join()).toMatch(
    /of size 7: the decision receipt is entry \d, the execution receipt is entry \d/,
  );
  const other = await fileOf((await proposeOk(workspace, { action: "go", payload: {} })).action_run_id);
  const [first, second] = file.receipts as JsonObject[];
  const [foreign] = other.receipts as JsonObject[];
  const stranger = await signerOf(generateKeyPairSync("ed25519").privateKey);
  const [text = ""] = String(file.checkpoint).split("\n— ");
  const changed: [JsonObject, RegExp][] = [
    [{ ...file, receipts: [{ ...first, body: String(first?.body).replace("allowed", "blocked") }] }, /text was changed/],
    [{ ...file, receipts: [{ ...foreign, id: first?.id ?? "" }] }, /another receipt, run or workspace/],
    [{ ...file, receipts: [{ ...first, log_index: 0, inclusion_proof: second?.inclusion_proof ?? [] }] }, /not in the signed log/],
    [{ ...file, receipts: [{ ...first, log_index: 7 }] }, /checkpoint is of 7 receipts/],
    [{ ...file, receipts: [first ?? {}, first ?? {}] }, /two receipts of one kind/],
    [{ ...file, receipts: [] }, /not a receipt/],
    [{ ...file, checkpoint: String(file.checkpoint).replace("\n7\n", "\n8\n") }, /changed after it was signed/],
    [{ ...file, checkpoint: `${text}\n${stranger.sign(text)}` }, /none of the keys you trust/],
    [{ ...file, workspace_id: "another" }, /another log/],
  ];
  for (const [wrong, problem] of changed) expect(await problemOf(bytesOf(wrong))).toMatch(problem);
  expect(await problemOf(bytesOf(file).slice(0, -5))).toMatch(/not JSON/);
  writeFileSync(join(dir, "receipt.json"), JSON.stringify(file));
  expect(await admin("receipts", "verify", join(dir, "receipt.json"))).toMatchObject({
    code: 0,
    text: expect.stringMatching(/Verified.+Not proved:.+app told the truth/s),
  });
  expect(await admin("receipts", "verify", join(dir, "receipt.json"), "--key", verifierKeyText(stranger.key))).toMatchObject({
    code: 1,
    text: expect.stringContaining("Verification FAILED"),
  });
});

test("the archive of a log verifies as a whole, and shows what was done to it", async () => {
  await sequence();
  const path = join(dir, "log.tar");
  const { text: early } = await admin("log", "checkpoint", "--workspace", workspace.workspaceId);
  writeFileSync(join(dir, "kept.txt"), early);
  await atOnce(3, (made) => proposeOk(workspace, { action: "go", payload: { made } }));
  await sequence();
  expect(await admin("log", "export", "--workspace", workspace.workspaceId, "--to", path)).toMatchObject({ code: 0 });
  expect(await admin("receipts", "verify", path, "--checkpoint", join(dir, "kept.txt"))).toMatchObject({
    code: 0,
    text: expect.stringContaining("begins with everything"),
  });

  const files = readTar(new Uint8Array(readFileSync(path)));
  if (!files) throw new Error("It is an archive.");
  expect([...files.keys()]).toEqual(["checkpoint", "tile/entries/000.p/11", "tile/0/000.p/11"]);
  const pack = (change: (copy: Map<string, Uint8Array<ArrayBuffer>>) => void) => {
    const copy = new Map(files);
    change(copy);
    return new Uint8Array(Buffer.concat([...[...copy].map(([name, content]) => tarFile(name, content)), TAR_END]));
  };
  const entries = Buffer.from(files.get("tile/entries/000.p/11") ?? []);
  const replaced = entries.toString("latin1").replace("allowed", "blocked");
  expect(await problemOf(pack(() => {}))).toBe("");
  expect(await problemOf(pack((copy) => copy.set("tile/entries/000.p/11", new Uint8Array(Buffer.from(replaced, "latin1")))))).toMatch(
    /Entry 1 is not the one that was recorded/,
  );
  expect(await problemOf(pack((copy) => copy.delete("tile/entries/000.p/11")))).toMatch(/receipts 1 to 11 are missing/);
  expect(await problemOf(pack((copy) => copy.set("tile/0/000.p/11", new Uint8Array(352))))).toMatch(/hash/);
  expect(await problemOf(new Uint8Array(readFileSync(path)).slice(0, 3000))).toMatch(/complete archive/);
  // Rolled back: an older state, with its own true checkpoint.
  const [{ note } = { note: "" }] = await getDb().receiptCheckpoint.findMany({
    where: { workspaceId: workspace.workspaceId },
    orderBy: { size: "desc" },
    take: 1,
  });
  expect(
    await problemOf(
      pack((copy) => copy.set("checkpoint", new TextEncoder().encode(early))),
      [note],
    ),
  ).toMatch(/The log shrank: you kept a checkpoint of 11 receipts, and this one ends at \d/);
});

test("a witness is shown that the log goes on from what it kept", async () => {
  const kept = (await getDb().receiptCheckpoint.findMany({ where: { workspaceId: workspace.workspaceId }, orderBy: { size: "asc" } })).map(
    ({ size, rootHash }) => ({ size: Number(size), rootHash }),
  );
  const newest = kept.at(-1);
  if (!newest) throw new Error("There are checkpoints.");
  for (const { size, rootHash } of kept) {
    const { checkpoint, consistency_proof: proof } = await getLogConsistency(workspace.ctx, size);
    expect(checkpoint).toContain(`\n${newest.size}\n`);
    expect(
      await isConsistent(sha256, {
        firstSize: size,
        firstRoot: rootHash,
        ...newest,
        proof: (proof ?? []).map((hash) => bytesOfHex(hash) ?? new Uint8Array()),
      }),
    ).toBe(true);
  }
  expect(await getLogConsistency(workspace.ctx, newest.size + 1)).toMatchObject({ size: newest.size, consistency_proof: null });
  await vi.waitFor(
    () => expect(Buffer.from(newestCheckpointOf(workspace.ctx) ?? "", "base64").toString()).toContain(`\n${newest.size}\n`),
    { timeout: 10_000, interval: 20 },
  );
});

test("the operator's own check finds what was done to the database", async () => {
  const check = () => admin("log", "verify", "--workspace", workspace.workspaceId);
  const checkAll = () => admin("log", "verify", "--all");
  expect(await check()).toMatchObject({ code: 0, text: expect.stringContaining("checkpoints") });
  expect(await checkAll()).toMatchObject({ code: 0, text: expect.stringMatching(/verified\n(.|\n)*Verified \d+ logs?\./) });
  expect(await admin("log", "verify")).toMatchObject({ code: 1, text: expect.stringContaining("Give either --workspace or --all.") });
  const { receiptId } = await getDb().receiptPlace.findFirstOrThrow({ where: { workspaceId: workspace.workspaceId, logIndex: 3 } });
  await getDb().$executeRaw`ALTER TABLE receipts DISABLE TRIGGER USER`;
  await getDb()
    .$executeRaw`UPDATE receipts SET body = body || ' ', leaf_hash = sha256('\\x00'::bytea || convert_to(body || ' ', 'UTF8')) WHERE id = ${receiptId}::uuid`;
  expect(await check()).toMatchObject({ code: 1, text: expect.stringMatching(/rewritten|not the ones that were signed/) });
  const all = await checkAll();
  expect(all).toMatchObject({
    code: 1,
    text: expect.stringMatching(/Verification FAILED for 1 of \d+ logs?\. Verify each with --workspace\./),
  });
  expect(all.text).toContain(workspace.workspaceId);
  await getDb().$executeRaw`DELETE FROM receipts WHERE id = ${receiptId}::uuid`;
  await getDb().$executeRaw`ALTER TABLE receipts ENABLE TRIGGER USER`;
  expect(await check()).toMatchObject({ code: 1, text: expect.stringContaining("are missing") });
});

test("the file of a run that a rule decided verifies, and has the rule", async () => {
  const other = await makeWorkspace();
  const rules = { rules: [{ name: "small", when: "amount <= 100", then: "allow" as const }], otherwise: "block" as const };
  await makeAction(other, { name: "refund", policy: { type: "rules", rules } });
  const { action_run_id: small } = await proposeOk(other, { action: "refund", payload: { amount: "80.00" } });
  const { action_run_id: large } = await proposeOk(other, { action: "refund", payload: { amount: "800.00" } });
  await sequenceReceipts(systemContext(other.workspaceId));
  for (const [id, rule] of [
    [small, rules.rules[0]],
    [large, null],
  ] as const) {
    const file = await fileOf(id, other);
    expect(await problemOf(bytesOf(file))).toBe("");
    const { body } = await getDb().receipt.findFirstOrThrow({ where: { runId: id } });
    expect(JSON.parse(body)).toMatchObject({ policy: { type: "rules" }, policy_rule: rule });
  }
});

test("the file of a run that several people approved verifies, also after one revoked and gave theirs again", async () => {
  const people = ["ann@example.com", "ben@example.com"];
  const other = await makeWorkspace();
  const several = await makeRun(other, "always_require_approval", { approverEmails: people, approvals: 2 });
  const [ann = "", ben = ""] = await Promise.all(people.map(async (email) => (await linkTokens(several)).get(email)));
  expectOk(await decideByLink(visitorContext(), ann, APPROVE));
  expectOk(await revokeByLink(visitorContext(), ann, { comment: null, confirm: true }));
  for (const link of [ann, ben]) expectOk(await decideByLink(visitorContext(), link, APPROVE));
  await sequenceReceipts(systemContext(other.workspaceId));
  const file = await fileOf(several, other);
  expect((file.receipts as JsonObject[]).map(({ kind }) => kind)).toEqual(["vote_1", "vote_revocation_1", "vote_2", "vote_3", "decision"]);
  expect(await verify(bytesOf(file))).toMatchObject({ problems: [] });
  expect(await verifyStoredLog(other.ctx)).toMatchObject({ problems: [] });
});
