import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readSettings, SETTING_NAMES } from "@/lib/env";

const lines = readFileSync(".env.example", "utf8").split("\n");
const example = new Map(
  lines.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
);

it(".env.example names every setting, and no other", () => {
  expect([...example.keys()].sort()).toEqual(SETTING_NAMES.filter((name) => name !== "NODE_ENV").sort());
});

it(".env.example shows the defaults", () => {
  const asWritten = Object.fromEntries([...example].map(([name, value]) => [name, value.replaceAll('"', "")]));
  const { limitOverrides, ...rest } = readSettings(asWritten);
  expect(rest).toEqual(Object.fromEntries(Object.entries(readSettings({})).filter(([name]) => name !== "limitOverrides")));
  expect(Object.values(limitOverrides)).not.toContain(null);
});
