import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as object;
const schema = z.fromJSONSchema(read("schema.json") as z.core.JSONSchema.JSONSchema);
const files = readdirSync(new URL("cases", import.meta.url));

test.each(files)("%s is as the schema says", (file) => {
  expect(schema.safeParse(read(`cases/${file}`)).error?.issues ?? []).toEqual([]);
});

test("the schema rejects a misspelled member and an unknown exception", () => {
  const isValid = (call: object) => schema.safeParse([{ name: "n", calls: [{ method: "status", arguments: {}, ...call }] }]).success;
  expect(isValid({ result: {} })).toBe(true);
  expect(isValid({ resutl: {} })).toBe(false);
  expect(isValid({ error: { name: "SomeError" } })).toBe(false);
});

test("scripted responses name what there is", () => {
  const known = Object.keys(read("responses.json"));
  const named = files.flatMap((file) => [
    ...readFileSync(new URL(`cases/${file}`, import.meta.url), "utf8").matchAll(/"response": "([^"]+)"/g),
  ]);
  expect(named.filter(([, name]) => !known.includes(name ?? ""))).toEqual([]);
  expect(named.length).toBeGreaterThan(200);
});
