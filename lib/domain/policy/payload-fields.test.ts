import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { isFieldPath, readPath, readRecipient } from "./payload-fields";

describe("readPath", () => {
  it("follows own members of objects", () => {
    const payload = { supplier: { name: "Nordlicht", tags: ["x"] }, note: null };
    expect(readPath(payload, "supplier.name")).toBe("Nordlicht");
    expect(readPath(payload, "supplier.tags")).toEqual(["x"]);
    expect(readPath(payload, "note")).toBeNull();
  });

  it.each([
    "supplier.none",
    "supplier.name.length",
    "supplier.tags.0",
    "supplier.tags.length",
    "toString",
    "__proto__",
    "constructor.name",
    "",
    "note.x",
  ])("finds nothing at %j", (path) => {
    expect(readPath({ supplier: { name: "Nordlicht", tags: ["x"] }, note: null }, path)).toBeUndefined();
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (payload, path) => {
        readPath(payload as JsonObject, path);
      }),
    );
  });
});

describe("isFieldPath", () => {
  it.each(["amount", "supplier.name", "a-b_c.D9"])("accepts %s", (path) => expect(isFieldPath(path)).toBe(true));
  it.each(["", ".", "a.", ".a", "a..b", "a b", "аmount", "a[0]", "{a}", "a".repeat(201), "a\n"])("refuses %j", (path) =>
    expect(isFieldPath(path)).toBe(false),
  );
});

describe("readRecipient", () => {
  it("takes the first usual field that holds a text", () => {
    expect(readRecipient({ email: "a@b.example", customer: { name: "Café" } }, null)).toBe("Café");
    expect(readRecipient({ recipient: 5, to: " ", email: "a@b.example" }, null)).toBe("a@b.example");
    expect(readRecipient({ amount: 5 }, null)).toBeNull();
  });

  it("takes only the field that the action names", () => {
    expect(readRecipient({ to: "x", payee: { iban: "DE1" } }, "payee.iban")).toBe("DE1");
    expect(readRecipient({ to: "x" }, "payee.iban")).toBeNull();
  });
});
