import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeCheck } from "@/lib/receipts/log/node-check";
import { hexText } from "./byte-text";
import { hmacSha256 } from "./hmac-sha256";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((made) => new Uint8Array(made));

test("has the value of RFC 4231's second test case", async () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  expect(hexText(await hmacSha256(nodeCheck.sha256, encode("Jefe"), encode("what do ya want for nothing?")))).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

test("agrees with Node's own", async () => {
  await fc.assert(
    fc.asyncProperty(bytes(64), bytes(300), async (key, message) => {
      expect(hexText(await hmacSha256(nodeCheck.sha256, key, message))).toBe(createHmac("sha256", key).update(message).digest("hex"));
    }),
  );
});
