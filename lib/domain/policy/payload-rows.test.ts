import { describe, expect, it } from "vitest";
import { payloadRows, policyRows, readableValue, remainingRows } from "./payload-rows";

describe("payloadRows", () => {
  it("lists every leaf with its path, in the payload's own order", () => {
    const rows = payloadRows({
      order_id: "SO-88214",
      customer: { name: "Nordlicht Café GmbH", tags: [] },
      charges: ["pay_61c0", { id: 4 }],
      extra: {},
      note: null,
    });
    expect(rows).toEqual([
      { path: "order_id", text: "SO-88214" },
      { path: "customer.name", text: "Nordlicht Café GmbH" },
      { path: "customer.tags", text: "[]" },
      { path: "charges.0", text: "pay_61c0" },
      { path: "charges.1.id", text: "4" },
      { path: "extra", text: "{}" },
      { path: "note", text: "null" },
    ]);
  });

  it("tells a name with a dot from a nested one", () => {
    expect(payloadRows({ "a.b": 1, a: { b: 2, "": 3 } }).map((row) => row.path)).toEqual(['["a.b"]', "a.b", 'a[""]']);
  });

  it("has nothing to list for an empty payload", () => {
    expect(payloadRows({})).toEqual([]);
  });
});

describe("policyRows", () => {
  it("lists a missing field as missing", () => {
    expect(
      policyRows([
        { name: "amount", value: "1840.00" },
        { name: "currency", value: undefined },
      ]),
    ).toEqual([
      { path: "amount", text: '"1840.00"' },
      { path: "currency", text: null },
    ]);
  });
});

describe("remainingRows", () => {
  it("leaves out what was shown already, and nothing else", () => {
    const payload = { amount: 5, reasoning: "because", charges: ["x"], customer: { reasoning: "because" } };
    const shown = {
      fields: [
        { name: "amount", value: 5 },
        { name: "charges.0", value: undefined },
      ],
      reasoning: "because",
    };
    expect(remainingRows(payload, shown).map((row) => row.path)).toEqual(["charges.0", "customer.reasoning"]);
  });

  it("shows a reasoning of the payload that another one overrides", () => {
    expect(remainingRows({ reasoning: "inner" }, { fields: [], reasoning: "outer" })).toHaveLength(1);
  });
});

describe("readableValue", () => {
  it.each([
    ["EUR", "EUR"],
    ["1840.00", '"1840.00"'],
    [1840, "1840"],
    ["true", '"true"'],
    [true, "true"],
    ["null", '"null"'],
    [null, "null"],
    ["", '""'],
    ["  ", '"  "'],
    ['["x"]', '"[\\"x\\"]"'],
    ["{}", '"{}"'],
    ["1,250", "1,250"],
  ])("%j reads %s", (value, text) => {
    expect(readableValue(value)).toBe(text);
  });
});
