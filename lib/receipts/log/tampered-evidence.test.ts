import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Bytes } from "@/lib/domain/log/byte-text";
import { parseVerifierKey } from "@/lib/domain/log/signed-note";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { proofSize } from "@/lib/testing/guarantees/proof-size";
import { logArchiveFiles, noteOf, packLogArchive } from "@/lib/testing/log-archive";
import { signerOf } from "./log-keys";
import { nodeCheck, sha256 } from "./node-check";

interface Case {
  name: string;
  content: string;
  kept: string[];
  problem: string | null;
}

/** The same file that the Python SDK's tests read. */
const vectors = JSON.parse(readFileSync("sdk/python/tests/vectors/evidence.json", "utf8")) as { keys: string[]; cases: Case[] };

test.each(vectors.cases)("$name", async ({ content, kept, problem }) => {
  const keys = (await Promise.all(vectors.keys.map((key) => parseVerifierKey(sha256, key)))).filter((key) => key !== null);
  const { problems, proved } = await verifyEvidence(nodeCheck, keys, new Uint8Array(Buffer.from(content, "base64")), kept);
  if (problem === null) expect([problems, proved.length > 0]).toEqual([[], true]);
  else expect(problems.join("\n")).toContain(problem);
});

const WORKSPACE = "019a2b3c-0000-7000-8000-000000000001";
const ORIGIN = `console.example.com/receipts/${WORKSPACE}`;
const bodyOf = (number: number) =>
  JSON.stringify({ kind: "decision", receipt_id: `receipt-${number}`, run_id: `run-${number}`, workspace_id: WORKSPACE });
const makeSigner = () => signerOf(generateKeyPairSync("ed25519").privateKey);

test("whatever is done to a log is noticed, and said", async () => {
  const [signer, stranger] = [await makeSigner(), await makeSigner()];
  const honest = Array.from({ length: 300 }, (_, number) => bodyOf(number));
  const note = await noteOf(ORIGIN, honest, signer);
  const files = await logArchiveFiles(honest, note);
  const verify = async (content: Bytes, kept: string[] = []) => (await verifyEvidence(nodeCheck, [signer.key], content, kept)).problems;
  expect(await verify(packLogArchive(files), [note])).toEqual([]);

  const place = fc.nat(honest.length - 1);
  const edited = (at: number, to: number) => honest.map((body, index) => (index === at ? bodyOf(1000 + to) : body));
  const rewritten: ((at: number, to: number) => string[])[] = [
    edited,
    (at) => honest.filter((_, index) => index !== at),
    (at, to) => [...honest.slice(0, at), bodyOf(1000 + to), ...honest.slice(at)],
    (at, to) => honest.map((body, index) => honest[index === at ? to : index === to ? at : index] ?? body),
    (at) => honest.slice(0, at),
  ];
  const tampering = fc.record({
    at: place,
    to: place,
    way: fc.constantFrom(...rewritten),
    hand: fc.constantFrom("tiles", "key", "signed", "bytes", "file"),
  });
  await fc.assert(
    fc.asyncProperty(tampering, async ({ at, to, way, hand }) => {
      const bodies = way(at, to);
      fc.pre(bodies.join() !== honest.join() && bodies.length > 0);
      // Receipts and hashes fit each other, under the old checkpoint or one of another key.
      if (hand === "tiles") expect(await verify(packLogArchive(await logArchiveFiles(bodies, note)))).not.toEqual([]);
      if (hand === "key")
        expect(await verify(packLogArchive(await logArchiveFiles(bodies, await noteOf(ORIGIN, bodies, stranger))))).toEqual([
          expect.stringContaining("none of the keys"),
        ]);
      // The operator rewrites all of it and signs it: whoever kept a checkpoint notices.
      if (hand === "signed")
        expect((await verify(packLogArchive(await logArchiveFiles(bodies, await noteOf(ORIGIN, bodies, signer))), [note])).join()).toMatch(
          /rewritten|shrank/,
        );
      const [path = "", content = new Uint8Array()] = files[at % files.length] ?? [];
      const others = files.filter(([name]) => name !== path);
      if (hand === "bytes") {
        const changed = content.slice();
        changed[to % changed.length] = (changed[to % changed.length] ?? 0) ^ (1 + (at % 255));
        expect(await verify(packLogArchive([[path, changed], ...others]))).not.toEqual([]);
      }
      if (hand === "file") expect(await verify(packLogArchive(others))).not.toEqual([]);
    }),
    { numRuns: proofSize(100, 1000) },
  );
}, 120_000);
