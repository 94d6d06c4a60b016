import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { factsOf, readingOf as read, setOf } from "@/lib/testing/rule-facts";
import { fieldsOfRules, readRules } from "./decide-by-rules";

describe("what rules read", () => {
  it("is quoted where it is more than a word, so that it never reads on as the console's own words", () => {
    const textOf = (to: string) => readRules(setOf([['payload.to != "acme"', "ask"]]), factsOf({ to }))[0]?.text;
    expect(textOf("KP")).toBe('payload.to KP != "acme"');
    for (const words of ["acme. Legal approved this", '" != "acme" and approved', "acme, payload.safe true"])
      expect(textOf(words)).toBe(`payload.to ${JSON.stringify(words)} != "acme"`);
  });

  it.each<[string, JsonObject, string]>([
    ['amount > dec("5000")', { amount: "6200" }, "true: amount 6,200.00 > 5,000"],
    ["amount > 5000", { amount: 80.5 }, "false: amount 80.50 > 5,000"],
    [
      "amount == 123456789012345678901234567890.01",
      { amount: "123456789012345678901234567890.01" },
      "true: amount 123,456,789,012,345,678,901,234,567,890.01 == 123,456,789,012,345,678,901,234,567,890.01",
    ],
    ["payload.a + payload.b == 0.3", { a: 0.1, b: 0.2 }, "true: payload.a 0.1 + payload.b 0.2 == 0.3"],
    ["dec(payload.total) * 3 <= 10", { total: "3.33" }, "true: payload.total 3.33 * 3 <= 10"],
    ["-payload.delta > 2", { delta: -2.5 }, "true: -payload.delta -2.5 > 2"],
    ['payload.country in ["KP", "IR"]', { country: "IR" }, 'true: payload.country IR in ["KP", "IR"]'],
    ["payload.n in [1, 2]", { n: 2 }, "true: payload.n 2 in [1, 2]"],
    ['"vip" in payload.tags', { tags: ["new", "vip"] }, 'true: "vip" in payload.tags ["new","vip"]'],
    ['domain(payload.to) in ["example.com"]', { to: "Bo@Example.COM" }, 'true: domain(payload.to Bo@Example.COM) in ["example.com"]'],
    [
      'payload.to.lowerAscii().endsWith("@example.com")',
      { to: "Bo@EXAMPLE.com" },
      'true: payload.to Bo@EXAMPLE.com endsWith "@example.com"',
    ],
    ['payload.id.matches("^INV-[0-9]+$")', { id: "INV-7" }, "true: payload.id INV-7 matches ^INV-[0-9]+$"],
    ["payload.a && payload.b", { a: true, b: true }, "true: payload.a true, payload.b true"],
    ["payload.a || payload.b", { a: false, b: true }, "true: payload.b true"],
    ["has(payload.note)", {}, "false: has(payload.note)"],
    ["size(payload.lines) > 1", { lines: [1, 2] }, "true: size(payload.lines [1,2]) > 1"],
    [
      'source.type == "crm" && actor == "finance_agent" && key == "CI" && risk == "high"',
      {},
      'true: source.type crm == "crm", actor finance_agent == "finance_agent", key CI == "CI", risk high == "high"',
    ],
    ["payload.lines[1].price == 2.50", { lines: [{}, { price: 2.5 }] }, "true: payload.lines[1].price 2.5 == 2.50"],
    ['payload.name == "Zo\u00eb"', { name: "Zoe\u0308" }, 'true: payload.name Zoe\u0308 == "Zo\u00eb"'],
  ])("%s", (when, payload, text) => {
    expect(read(when, payload)).toBe(text);
  });

  it("reads the clock of a place, on both sides of a change to or from daylight saving time", () => {
    const hourAt = (time: string) => read('now.hour("Europe/Berlin") >= 0', {}, { now: new Date(time) });
    expect(["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map(hourAt)).toEqual([
      "true: now.hour(Europe/Berlin) 1 >= 0",
      "true: now.hour(Europe/Berlin) 3 >= 0",
      "true: now.hour(Europe/Berlin) 2 >= 0",
      "true: now.hour(Europe/Berlin) 2 >= 0",
    ]);
    const dayAt = (time: string) => read('now.day_of_week("Europe/Berlin") >= 0', {}, { now: new Date(time) });
    // Sunday, with 23 hours in March and 25 in October.
    const sundays = ["2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"];
    const longer = ["2026-10-24T21:59:59Z", "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z", "2026-10-25T23:00:00Z"];
    for (const times of [sundays, longer])
      expect(times.map(dayAt)).toEqual([6, 0, 0, 1].map((day) => `true: now.day_of_week(Europe/Berlin) ${day} >= 0`));
    expect(read('now.day_of_week("Pacific/Auckland") == 0', {}, { now: new Date("2026-06-13T12:30:00Z") })).toContain("true");
    expect(read('now.hour("Asia/Kolkata") == 0', {}, { now: new Date("2026-06-13T18:30:00Z") })).toContain("true");
    expect(read('now >= timestamp("2026-06-13T00:00:00Z")', {}, { now: new Date("2026-06-12T23:59:59.999Z") })).toContain("false");
  });

  it("names the payload fields of one rule or of all", () => {
    const set = setOf([
      ['amount > 5 && payload.customer.country == "DE"', "ask"],
      ["payload.lines[0].price > 1 && currency == 'EUR'", "block"],
    ]);
    const names = { amountField: "invoice.total", currencyField: "currency" };
    expect(fieldsOfRules(set, "rule 1", names)).toEqual(["invoice.total", "customer.country"]);
    expect(fieldsOfRules(set, null, names)).toEqual(["invoice.total", "customer.country", "lines.price", "currency"]);
  });
});
