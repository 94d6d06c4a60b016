import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { readProvenance } from "./provenance";

describe("readProvenance", () => {
  it("lets the top level win, field by field", () => {
    const payload = { actor: "inner", reasoning: "inner", source: { type: "t", ref: "r" } };
    expect(readProvenance({ actor: "outer", source: { ref: "R" } }, payload)).toEqual({
      ok: true,
      provenance: { actor: "outer", reasoning: "inner", source: { type: null, ref: "R" } },
    });
  });

  it("takes null at the top level for not sent", () => {
    expect(readProvenance({ actor: null, reasoning: null, source: null }, { actor: "inner" })).toEqual({
      ok: true,
      provenance: { actor: "inner", reasoning: null, source: null },
    });
  });

  it("leaves what is no text to the payload", () => {
    const payload = { actor: { id: 5 }, reasoning: ["x"], source: { type: 5, ref: "INV-1", page: 2 } };
    expect(readProvenance({}, payload)).toEqual({
      ok: true,
      provenance: { actor: null, reasoning: null, source: { type: null, ref: "INV-1" } },
    });
    expect(readProvenance({}, { source: "erp" })).toMatchObject({ provenance: { source: null } });
    expect(readProvenance({}, { source: { page: 2 } })).toMatchObject({ provenance: { source: null } });
  });

  it("takes an empty text for nothing said", () => {
    expect(readProvenance({ actor: "" }, { reasoning: "" })).toMatchObject({ provenance: { actor: null, reasoning: null } });
  });

  it("counts own members only", () => {
    const inherited = Object.create({ actor: "ghost" }) as JsonObject;
    expect(readProvenance({}, inherited)).toMatchObject({ provenance: { actor: null } });
  });

  it("refuses what is too long inside the payload, naming it", () => {
    expect(readProvenance({}, { reasoning: "r".repeat(2001), source: { ref: "r".repeat(501) } })).toEqual({
      ok: false,
      code: "validation_failed",
      detail: "Shorten the fields named in errors.",
      fields: {
        errors: [
          { path: "payload.reasoning", message: "payload.reasoning must have at most 2000 characters." },
          { path: "payload.source.ref", message: "payload.source.ref must have at most 500 characters." },
        ],
      },
    });
  });

  it("does not mind a long one that the top level overrides", () => {
    expect(readProvenance({ reasoning: "short" }, { reasoning: "r".repeat(2001) })).toMatchObject({ ok: true });
  });

  it("answers any payload", () => {
    const payloads = fc.dictionary(fc.constantFrom("actor", "reasoning", "source", "x"), fc.jsonValue());
    fc.assert(
      fc.property(payloads, (payload) => {
        expect(readProvenance({}, payload as JsonObject).ok).toBe(true);
      }),
    );
  });
});
