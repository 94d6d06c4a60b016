import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import { readCall } from "./read-call";

function read(tool: string, input: JsonObject) {
  const request = { hook_event_name: "PreToolUse", session_id: "s-1", tool_use_id: "t-1", cwd: "/home/ada/shop" };
  const call = readCall("claude_code", { ...request, tool_name: tool, tool_input: input });
  return typeof call === "string" ? call : { payload: call.payload, reasoning: call.reasoning };
}

describe("readCall", () => {
  it("takes the description of a command as reasoning, and keeps that of other tools, which act on it", () => {
    expect(read("Bash", { command: "npm test", description: "Test it", timeout: 5000 })).toMatchObject({
      reasoning: "Test it",
      payload: { tool: "Bash", folder: "/home/ada/shop", command: "npm test", unclear: false, input: { timeout: 5000 } },
    });
    expect(read("mcp__github__create_issue", { title: "Crash", description: "At checkout" })).toEqual({
      reasoning: null,
      payload: {
        tool: "mcp__github__create_issue",
        folder: "/home/ada/shop",
        input: { title: "Crash", description: "At checkout" },
      },
    });
  });

  it.each([
    [{ script: "rm -rf build" }, { unclear: true, command: "", input: { script: "rm -rf build" } }],
    [{ command: 7 }, { unclear: true, command: "", input: { command: 7 } }],
    [{ cmd: "rm -rf build" }, { destructive: true, command: "rm -rf build" }],
    [{ command: ["bash", "-c", "rm -rf build"] }, { destructive: true, command: "bash -c 'rm -rf build'" }],
    [
      { command: "ls", cmd: "rm -rf build" },
      { destructive: false, command: "ls", input: { cmd: "rm -rf build" } },
    ],
  ])("reads the shell's input %j", (input, payload) => {
    expect(read("Bash", input)).toMatchObject({ payload });
  });

  it("shows the beginning of a long file, and tells apart what differs after it", () => {
    const write = (end: string) => read("Write", { file_path: "a.ts", content: `${"x".repeat(50_000)}${end}` });
    expect(JSON.stringify(write("1")).length).toBeLessThan(10_000);
    expect(write("1")).toMatchObject({ payload: { input: { content: expect.stringMatching(/^x+… \[beginning of 50001 characters/) } } });
    expect(write("1")).not.toEqual(write("2"));
  });

  it("masks what it shows of a long text, and a secret at its end whole", () => {
    const secret = ["gh", "p_16C7e42F292c6912E7710c838347Ae178B4a"].join("");
    for (const at of [0, 3950, 3990, 3999]) {
      const shown = JSON.stringify(read("Write", { file_path: "a.ts", content: `${" ".repeat(at)}${secret} ${"x".repeat(5000)}` }));
      expect(shown).not.toContain(secret.slice(0, 5));
      expect(shown).toContain("[beginning of ");
    }
  });

  it("takes a JSON object of two megabytes, whatever it's made of", () => {
    const parts = Array.from({ length: 200 }, (_, at) => [`token${at}`, "eyJ-".repeat(2500)] as const);
    expect(read("mcp__a__b", Object.fromEntries(parts))).toMatchObject({ payload: { input: { token0: "[masked]" } } });
    expect(read("mcp__a__b", { list: parts.map(([, text]) => text) })).toContain("too long");
  });

  it("refuses what nobody can read", () => {
    expect(read("Bash", { command: `echo ${"x".repeat(20_000)}` })).toContain("too long for a person to read");
    expect(read("Write", Object.fromEntries(Array.from({ length: 200 }, (_, place) => [`f${place}`, "x".repeat(300)])))).toContain(
      "too long",
    );
  });
});
