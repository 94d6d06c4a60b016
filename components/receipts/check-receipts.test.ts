import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leafHash } from "@/lib/receipts/leaf-hash";
import { checkReceipts } from "./check-receipts";

const sealed = (body: string) => ({ body, leafHash: leafHash(body).toString("hex") });

describe("a receipt checked in the browser", () => {
  test("the empty leaf has the hash of RFC 6962's first test vector", () => {
    expect(sealed("").leafHash).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  });

  test("agrees with the server on every text, and notices every other one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme", minLength: 1 }), async (body, more) => {
        expect(await checkReceipts([sealed(body), sealed(more)])).toBe(true);
        expect(await checkReceipts([sealed(body), { ...sealed(body), body: body + more }])).toBe(false);
      }),
    );
  });

  test("says that it cannot, where a browser offers no hashing", async () => {
    expect(await checkReceipts([sealed("x")], null)).toBeNull();
  });
});
