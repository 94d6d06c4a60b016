import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { HOOK_WAIT_DEFAULT_SECONDS } from "@/lib/contract/hook";
import { claudeCodeSettings } from "./hook-settings";

const read = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");
const text = claudeCodeSettings("https://console.example.com/api");

it("is what the SDK writes", () => {
  expect(JSON.parse(read("sdk/python/tests/data/claude-code-settings.json"))).toEqual(JSON.parse(text));
});

it("is what the documentation shows", () => {
  expect(read("components/docs/content/coding-agents.mdx").replaceAll(/^ {3}/gm, "")).toContain(text);
});

it("blocks when the console is away, waits longer than the console, and has no key in it", () => {
  const { hooks } = JSON.parse(text) as { hooks: Record<string, { hooks: { onFailure?: string; timeout: number }[] }[]> };
  expect(hooks.PreToolUse?.[0]?.hooks[0]).toMatchObject({ onFailure: "block" });
  expect(hooks.PreToolUse?.[0]?.hooks[0]?.timeout).toBeGreaterThan(HOOK_WAIT_DEFAULT_SECONDS);
  expect(text).not.toContain("daai_");
});
