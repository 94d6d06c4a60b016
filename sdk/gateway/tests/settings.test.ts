import { describe, expect, it } from "vitest";
import { actionOf, parseSettings, unclearSettings } from "../src/settings";

const parse = (text: string, env = {}) => parseSettings(text, "/home/ann/gateway.yaml", env);

describe("the settings", () => {
  it("are one line and what is usual", () => {
    expect(parse("server: filesystem", { XDG_STATE_HOME: "/state" })).toMatchObject({
      server: "filesystem",
      console: undefined,
      waitSeconds: 45,
      leaseSeconds: 60,
      acceptAction: "accept_mcp_tools",
      recordResults: false,
      state: "/state/daai-mcp/filesystem",
    });
    expect(parse("server: a\nstate: kept").state).toBe("/home/ann/kept");
    expect(parse("server: a").checkpointStore).toBeUndefined();
    expect(parse("server: a\ncheckpoint_store: kept.db").checkpointStore).toBe("/home/ann/kept.db");
  });

  it("take secrets of headers from the environment", () => {
    const text = "server: a\nheaders: { Authorization: 'Bearer ${TOKEN}' }";
    expect(parse(text, { TOKEN: "secret" }).headers).toEqual({ Authorization: "Bearer secret" });
    expect(() => parse(text)).toThrow("/home/ann/gateway.yaml: the environment has no TOKEN, which headers ask for.");
  });

  it.each([
    ["", "server is required: the server's name, such as filesystem"],
    ["- a", "the file must have settings, such as server: filesystem"],
    ["server: A b", "server must be a lowercase letter"],
    ["server: a\nwait_second: 5", "wait_second: there is no such setting"],
    ["server: a\nwait_seconds: soon", "wait_seconds must be a number of seconds"],
    ["server: a\nlease_seconds: 1", "lease_seconds must be at least 5"],
    ["server: a\nactions: { pay: Pay-Now }", "actions.pay must be an action's name"],
    ["server: a\nconsole: here", "console must be the address of the console's API"],
    ["server: a\nread_only: [x]\nnever: [x]", "x is in read_only and in never"],
    ["server: a\nlog_keys: [key]", "log_keys are for a witness. Name the file of its checkpoints in checkpoint_store."],
    ["server: a\ncheckpoint_store: c.db\nlog_keys: key", "log_keys must be a list of verifier keys"],
    ["server: [", "isn't YAML"],
  ])("say what is wrong in %j", (text, words) => {
    expect(() => parse(text)).toThrow(words);
  });
});

describe("the action of a tool", () => {
  it.each([
    ["write_file", "files_write_file"],
    ["writeFile", "files_write_file"],
    ["get-env", "files_get_env"],
    ["Überweisung!", "files_berweisung"],
    ["x".repeat(100), `files_${"x".repeat(58)}`],
    ["pay", "money_out"],
  ])("of %s is %s", (tool, action) => {
    expect(actionOf(parse("server: files\nactions: { pay: money_out }"), tool)).toBe(action);
  });

  it("is told to be unclear where two tools share it, and where a name is a mistake", () => {
    const tools = new Map(["a-b", "a_b", "look"].map((name) => [name, { isReadOnly: false }]));
    expect(unclearSettings(parse("server: s\nnever: [los]\nread_only: [look]"), tools)).toEqual([
      "the settings name los, which the server doesn't list",
      "look is in read_only, but the server doesn't say that it only reads, so it is proposed as any other tool is",
      "a_b is the action s_a_b, as another tool is: name one for it in actions",
    ]);
  });
});
