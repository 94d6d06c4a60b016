import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { verifyReceipt } from "../src/verify";

/** The same file that the tests of the console and of the Python SDK read. */
const { keys, cases } = JSON.parse(readFileSync("sdk/python/tests/vectors/evidence.json", "utf8")) as {
  keys: string[];
  cases: { name: string; content: string; kept: string[]; problem: string | null }[];
};

test.each(cases)("$name", async ({ content, kept, problem }) => {
  const { problems, proved } = await verifyReceipt(Buffer.from(content, "base64"), { keys, checkpoints: kept });
  if (problem === null) expect([problems, proved.length > 0]).toEqual([[], true]);
  else expect(problems.join("\n")).toContain(problem);
});

test("a receipt is text, bytes or a buffer, and is trusted only with the right key", async () => {
  const bytes = new Uint8Array(Buffer.from(cases[0]?.content ?? "", "base64"));
  for (const content of [new TextDecoder().decode(bytes), bytes, bytes.buffer]) {
    expect((await verifyReceipt(content, { keys })).problems).toEqual([]);
  }
  expect((await verifyReceipt(bytes, { keys: [] })).problems.join()).toContain("none of the keys you trust");
  expect((await verifyReceipt(bytes, { keys: ["console+00000000+AAAA"] })).problems.join()).toContain("isn't a complete verifier key");
});
