import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkpointText } from "@/lib/domain/log/checkpoint";
import { parseVerifierKey, signedNoteText, type VerifierKey } from "@/lib/domain/log/signed-note";
import { TAR_END, tarFile } from "@/lib/domain/log/tar-archive";
import { verifyEvidence } from "@/lib/domain/log/verify-evidence";
import { packLogArchive } from "@/lib/testing/log-archive";
import { signerOf } from "./log-keys";
import { nodeCheck, sha256 } from "./node-check";

const vectors = JSON.parse(readFileSync("sdk/python/tests/vectors/evidence.json", "utf8")) as {
  keys: string[];
  cases: { content: string }[];
};
const [receipt = ""] = vectors.cases.map(({ content }) => Buffer.from(content, "base64").toString());
const NAMES = [...Object.keys(JSON.parse(receipt) as object), "receipts", "body", "log_index", "kind", "id", "__proto__"];

/** Comes to an end, and proves nothing. */
async function expectNothingProved(content: Uint8Array | string, key?: VerifierKey): Promise<void> {
  const keys = key ? [key] : (await Promise.all(vectors.keys.map((one) => parseVerifierKey(sha256, one)))).filter((one) => one !== null);
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : Uint8Array.from(content);
  const { problems, proved } = await verifyEvidence(nodeCheck, keys, bytes);
  expect({ hasProblems: problems.length > 0, proved }).toEqual({ hasProblems: true, proved: [] });
}

describe("a file that proves nothing", () => {
  test("is read to its end, whatever bytes it has", () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 2048 }),
          fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.of(0x7b, ...rest)),
        ),
        (bytes) => expectNothingProved(bytes),
      ),
    ));

  test("is read to its end, whatever stands in a receipt's place", () => {
    const members = fc.dictionary(fc.constantFrom(...NAMES), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5, noNullPrototype: true });
    return fc.assert(
      fc.asyncProperty(members, members, async (changed, inner) => {
        const file = JSON.parse(receipt) as { receipts: Record<string, unknown>[] };
        const [first] = file.receipts;
        Object.assign(first ?? {}, { body: `${String(first?.body)} ` }, inner);
        await expectNothingProved(JSON.stringify({ ...file, ...changed }));
      }),
    );
  });

  test.each([
    ["nothing", ""],
    ["deep", `{"v":${"[".repeat(200_000)}`],
    ["deep and whole", `{"v":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
    ["a long number", `{"v":${"9".repeat(100_000)}}`],
    ["a name that never ends", `{"${"x".repeat(1_000_000)}`],
  ])("is read to its end: %s", (_, content) => expectNothingProved(content));

  test("is read to its end in an archive, whatever its files hold", () => {
    const files = fc.array(fc.tuple(fc.constantFrom("checkpoint", "tile/entries/000", "tile/0/000"), fc.uint8Array({ maxLength: 600 })), {
      maxLength: 3,
    });
    return fc.assert(
      fc.asyncProperty(files, (all) =>
        expectNothingProved(Buffer.concat([...all.map(([path, content]) => tarFile(path, Uint8Array.from(content))), TAR_END])),
      ),
    );
  });

  test("is read to its end when it is signed, and says that it holds more receipts than there can be", async () => {
    const signer = await signerOf(generateKeyPairSync("ed25519").privateKey);
    const text = checkpointText({ origin: "console.example.com/receipts/x", size: Number.MAX_SAFE_INTEGER, rootHash: new Uint8Array(32) });
    const note = signedNoteText(text, [signer.sign(text)]);
    await expectNothingProved(packLogArchive([["checkpoint", new TextEncoder().encode(note)]]), signer.key);
  });
});
