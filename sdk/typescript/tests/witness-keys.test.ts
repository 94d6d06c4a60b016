// Whose signatures a witness believes, and when another log may take a log's place.

import { describe, expect, it, test, vi } from "vitest";
import { DaaiConfigError } from "../src/index";
import { InMemoryCheckpointStore, SQLiteCheckpointStore, Witness } from "../src/witness";
import { HONEST, json, LogConsole, look, refused, SIGNER, STRANGER } from "./log-console";
import { noteOf, ORIGIN, proofOf, Signer } from "./receipt-log";

const RESTARTED = `${ORIGIN}/2`;

test("another key is not believed, even if the console publishes it", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  console.signers = console.published = [STRANGER];
  console.receipts = HONEST.slice(0, 20);
  console.wait();
  expect((await refused(client, "unsigned")).message).toContain("none of the keys you trust");
  // Someone who was told of the new key says so.
  await look(console.client({ logKeys: [STRANGER.verifierKey] }));
  expect(console.store.entries().map(({ keys }) => keys)).toEqual([[STRANGER.verifierKey]]);
});

test("a fork that nobody trusted signed is asked about, and refused as unsigned", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  console.header = Buffer.from(await noteOf(HONEST.slice(1, 11), [STRANGER])).toString("base64");
  // It may be anyone's who can change responses: the console shows that its log is whole.
  await look(client);
  expect(console.asked).toEqual(["?from=10"]);
  console.evidence = async () => json({ checkpoint: await noteOf(HONEST.slice(1, 11), [STRANGER]), consistency_proof: [] });
  await refused(client, "unsigned");
});

describe("keys that were given", () => {
  it("are the only ones", async () => {
    const console = new LogConsole();
    await refused(console.client({ logKeys: [STRANGER.verifierKey] }), "unsigned");
    const client = console.client({ logKeys: [SIGNER.verifierKey] });
    await look(client);
    console.signers = [SIGNER, STRANGER];
    console.receipts = HONEST.slice(0, 12);
    console.wait();
    await look(client);
    expect(console.store.entries().map(({ keys }) => keys)).toEqual([[SIGNER.verifierKey]]);
    expect(console.asked).not.toContain("public/log-keys");
  });

  it.each([
    ["nonsense", "nonsense"],
    ["a key that is cut", SIGNER.verifierKey.slice(0, -1)],
    ["a key with another's name", `x${SIGNER.verifierKey}`],
  ])("can't be %s", async (_, key) => {
    const client = new LogConsole().client({ logKeys: [key] });
    const call = client.intercept({ action: "send_mail", payload: {} });
    await expect(call).rejects.toThrow(DaaiConfigError);
    await expect(call).rejects.toThrow("isn't a verifier key");
  });
});

test("a key is rotated with an overlap", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  const next = await Signer.generate("next");
  const steps = [
    [12, [SIGNER, next]],
    [14, [next, SIGNER]],
    [16, [next]],
  ] as const;
  for (const [size, signers] of steps) {
    Object.assign(console, { receipts: HONEST.slice(0, size), signers, published: [next, SIGNER] });
    console.wait();
    await look(client);
  }
  expect(console.store.entries().map(({ size, keys }) => [size, keys])).toEqual([[16, [next.verifierKey]]]);
  Object.assign(console, { receipts: HONEST.slice(0, 18), signers: [SIGNER] });
  console.wait();
  await refused(client, "unsigned");
});

test("a new key that can't be read now is learned later", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  const next = await Signer.generate("next");
  Object.assign(console, { receipts: HONEST.slice(0, 12), signers: [SIGNER, next], published: [SIGNER, next] });
  console.wait();
  console.evidence = (query) => (query === "" ? json({}, 503) : console.showLog("log/checkpoint", query));
  await look(client);
  expect(console.kept).toEqual([[ORIGIN, 12]]);
  console.evidence = null;
  console.receipts = HONEST.slice(0, 13);
  console.wait();
  await look(client);
  expect(console.store.entries()[0]?.keys).toEqual([SIGNER.verifierKey, next.verifierKey]);
});

test("a key that only claims to sign is not learned", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  console.receipts = HONEST.slice(0, 12);
  console.published = [SIGNER, STRANGER];
  const forged = (await console.note(console.receipts)) + STRANGER.sign("something else");
  const proof = await proofOf(10, console.receipts);
  console.evidence = (query) =>
    query === "" ? console.showLog("log-keys", query) : json({ checkpoint: forged, consistency_proof: proof });
  console.wait();
  await look(client);
  expect(console.store.entries().map(({ size, keys }) => [size, keys])).toEqual([[12, [SIGNER.verifierKey]]]);
});

test("keys of a newer kind are ignored", async () => {
  const console = new LogConsole();
  console.evidence = (query) => {
    const isKeys = console.asked.length > 1;
    return isKeys
      ? json({ keys: [null, {}, { verifier_key: "x" }, { verifier_key: SIGNER.verifierKey }] })
      : console.showLog("log/checkpoint", query);
  };
  await look(console.client());
  expect(console.kept).toEqual([[ORIGIN, 10]]);
});

test("another log is refused until a person accepts it", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  Object.assign(console, { origin: RESTARTED, receipts: HONEST.slice(0, 3) });
  expect((await refused(client, "restarted")).message).toContain(`checkpointStore.accept("${RESTARTED}")`);
  // It is another log, which isn't a question of time.
  expect(console.asked).toEqual(["?from=10"]);
  await refused(console.client(), "restarted");
  console.store.accept(RESTARTED);
  await look(client);
  expect(console.kept).toEqual([
    [ORIGIN, 10],
    [RESTARTED, 3],
  ]);
  // The keys are those from before, and there is no way back.
  console.signers = console.published = [STRANGER];
  console.receipts = HONEST.slice(0, 4);
  console.wait();
  await refused(client, "unsigned");
  Object.assign(console, { signers: [SIGNER], origin: ORIGIN });
  await refused(client, "restarted");
});

test("what a store says and nobody can read isn't taken for an empty store", async () => {
  const console = new LogConsole();
  const client = await console.witness();
  const [kept = null] = console.store.entries();
  console.wait();
  console.shown = HONEST.slice(0, 20);
  console.store.followed = () => kept && { ...kept, note: "cut off" };
  await expect(look(client)).rejects.toThrow("a checkpoint that can't be read");
  console.store.followed = () => kept && { ...kept, keys: ["cut off"] };
  await expect(look(client)).rejects.toThrow("a key that can't be read");
});

test("without Ed25519 in Web Crypto the client says so, and returns nothing", async () => {
  const importKey = vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("unrecognized name", "NotSupportedError"));
  const client = new LogConsole().client();
  await expect(look(client)).rejects.toThrow("a witness needs Ed25519 in Web Crypto");
  importKey.mockRestore();
});

test("a store in SQLite says what it needs", () => {
  const { getBuiltinModule } = process;
  Object.assign(process, { getBuiltinModule: () => undefined });
  try {
    expect(() => new Witness({ checkpointStore: new SQLiteCheckpointStore("log.db") })).toThrow("SQLiteCheckpointStore needs node:sqlite");
    expect(() => new Witness({ checkpointStore: new InMemoryCheckpointStore() })).not.toThrow();
  } finally {
    Object.assign(process, { getBuiltinModule });
  }
});
