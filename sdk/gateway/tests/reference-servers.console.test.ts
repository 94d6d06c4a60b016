import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { Client as NewClient } from "@modelcontextprotocol/client";
import { StdioClientTransport as NewTransport } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Members, type Message, membersOf } from "../src/messages";
import { EVERYTHING, FILESYSTEM, LineClient, MEMORY, NEWEST, Scratch } from "./gateway-process";
import { decide, KEYS, register, runIn } from "./test-console";

// What a client gets through the gateway is what it gets without it.
const scratch = new Scratch();
const clients: LineClient[] = [];
const root = scratch.path("notes");
const TOOLS = {
  everything: [
    "echo",
    "get-sum",
    "get-structured-content",
    "get-tiny-image",
    "get-annotated-message",
    "get-roots-list",
    "trigger-sampling-request",
    "trigger-long-running-operation",
  ],
  filesystem: ["write_file", "read_text_file", "list_directory"],
  memory: ["create_entities", "read_graph"],
  newest: ["pay", "ask", "refund"],
};

function settings(server: keyof typeof TOOLS): string {
  const actions = TOOLS[server].map((tool) => `${tool}: mcp_allow`);
  return `server: ${server}\naccept_action: mcp_accept_freely\nactions: { ${actions.join(", ")} }\nread_only: [read_graph]\n`;
}

beforeAll(async () => {
  await scratch.build();
  await register("mcp_allow", "always_allow");
  await register("mcp_ask", "always_require_approval");
  await register("mcp_accept_freely", "always_allow");
  mkdirSync(root);
  writeFileSync(`${root}/large.txt`, "large ".repeat(500_000));
}, 120_000);
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.kill()));
});
afterAll(() => scratch.remove());

const CAPABILITIES = { roots: { listChanged: true }, sampling: {}, elicitation: {} };

/** As an MCP client answers what a server asks it. */
function answer({ method }: Message): Members {
  if (method === "roots/list") return { roots: [{ uri: "file:///a", name: "a" }] };
  if (method === "sampling/createMessage") return { role: "assistant", model: "m", content: { type: "text", text: "sampled" } };
  return { action: "accept", content: {} };
}

type Step = readonly [method: string, params: object];
const call = (name: string, args: object, more: object = {}): Step => ["tools/call", { name, arguments: args, ...more }];

const SESSIONS: Record<string, { server: readonly string[]; name: keyof typeof TOOLS; steps: readonly Step[] }> = {
  everything: {
    server: EVERYTHING,
    name: "everything",
    steps: [
      ["ping", {}],
      ["tools/list", {}],
      ["resources/list", {}],
      ["resources/templates/list", {}],
      ["resources/read", { uri: "demo://resource/static/document/features.md" }],
      ["resources/read", { uri: "demo://nothing" }],
      ["prompts/list", {}],
      ["prompts/get", { name: "args-prompt", arguments: { city: "Bonn" } }],
      ["completion/complete", { ref: { type: "ref/prompt", name: "completable-prompt" }, argument: { name: "department", value: "E" } }],
      ["logging/setLevel", { level: "error" }],
      ["no/such/method", {}],
      call("echo", { message: "ü\u2028\"'" }),
      call("get-sum", { a: 1, b: 2.5 }),
      call("get-sum", { a: "one" }),
      call("get-structured-content", { location: "Chicago" }),
      call("get-tiny-image", {}),
      call("get-annotated-message", { messageType: "error", includeImage: true }),
      call("trigger-sampling-request", { prompt: "say", maxTokens: 5 }),
      call("get-roots-list", {}),
      call("trigger-long-running-operation", { duration: 0.05, steps: 2 }, { _meta: { progressToken: "t" } }),
    ],
  },
  filesystem: {
    server: [...FILESYSTEM, root],
    name: "filesystem",
    steps: [
      ["tools/list", {}],
      call("write_file", { path: `${root}/a.txt`, content: "text ".repeat(10_000) }),
      call("read_text_file", { path: `${root}/a.txt` }),
      call("read_text_file", { path: `${root}/large.txt` }),
      call("read_text_file", { path: "/etc/passwd" }),
    ],
  },
  memory: {
    server: [...MEMORY],
    name: "memory",
    steps: [
      ["tools/list", {}],
      call("create_entities", { entities: [{ name: "Ann", entityType: "person", observations: ["is here"] }] }),
      call("read_graph", {}),
    ],
  },
};

/** Every line that the client gets but the ones about logging, which the everything server writes when it likes. */
async function record(command: readonly string[], version: string, steps: readonly Step[], env: Record<string, string>): Promise<string[]> {
  const client = new LineClient(command, env, answer);
  clients.push(client);
  await client.initialize(version, CAPABILITIES);
  for (const [method, params] of steps) await client.request(method, params);
  await client.end();
  const isOfSteps = ({ id, method }: Message) => (id !== undefined && method === undefined) || method === "notifications/progress";
  return client.lines.filter((line) => isOfSteps(JSON.parse(line) as Message));
}

describe.each(Object.keys(SESSIONS))("server-%s", (key) => {
  const { server, name, steps } = SESSIONS[key] as (typeof SESSIONS)[string];

  test.each(["2024-11-05", "2025-11-25"])(
    "of protocol %s is passed through line by line",
    async (version) => {
      const memory = (part: string) => ({ MEMORY_FILE_PATH: scratch.path(`${key}-${version}-${part}.json`) });
      const direct = await record(server, version, steps, memory("direct"));
      const through = await record(scratch.gateway(`${key}-${version}`, settings(name), server), version, steps, {
        ...KEYS,
        ...memory("through"),
      });
      expect(through).toEqual(direct);
      expect(direct.length).toBeGreaterThan(steps.length);
    },
    120_000,
  );
});

test("a server over Streamable HTTP is passed through message by message", async () => {
  const port = await freePort();
  const [program = "", ...args] = EVERYTHING;
  const server = spawn(program, [...args, "streamableHttp"], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (chunk: Buffer) => chunk.toString().includes(String(port)) && resolve();
      server.stdout.on("data", look);
      server.stderr.on("data", look);
      server.once("exit", () => reject(new Error("the server ended")));
    });
    const { steps } = SESSIONS["everything"] as (typeof SESSIONS)[string];
    const overHttp = scratch.gateway("http", settings("everything"), [`http://127.0.0.1:${port}/mcp`]);
    const messages = (lines: string[]) => lines.map((line) => JSON.parse(line) as Message);
    const through = messages(await record(overHttp, "2025-11-25", steps, KEYS));
    const direct = messages(await record(EVERYTHING, "2025-11-25", steps, {}));
    const results = (all: Message[]) =>
      all.filter(({ method }) => method === undefined).map(({ id, result, error }) => ({ id, result, error: membersOf(error)["code"] }));
    expect(results(through)).toEqual(results(direct));
  } finally {
    server.kill("SIGKILL");
    await once(server, "exit");
  }
}, 120_000);

describe("official clients", () => {
  test("of the newest SDK, by the newest protocol: what the server and the gateway want to know is answered, and the call goes on", async () => {
    const text = `${settings("newest")}wait_seconds: 60\n`.replace("refund: mcp_allow", "refund: mcp_ask");
    const [command = "", ...args] = scratch.gateway("newest", text, NEWEST);
    const client = new NewClient(
      { name: "tests", version: "1" },
      { versionNegotiation: { mode: { pin: "2026-07-28" } }, capabilities: { elicitation: { form: {}, url: {} } } },
    );
    client.setRequestHandler("elicitation/create", async ({ params }) => {
      if (params.mode !== "url") return { action: "accept", content: { name: "Ann" } };
      await decide(runIn(params.url), "approve");
      return { action: "accept" };
    });
    await client.connect(new NewTransport({ command, args, env: { ...process.env, ...KEYS } }));
    expect(client.getNegotiatedProtocolVersion()).toBe("2026-07-28");
    const result = async (name: string, input: Record<string, unknown>) => (await client.callTool({ name, arguments: input })).content;
    expect(await result("pay", { amount: 1 })).toEqual([{ type: "text", text: "paid 1" }]);
    expect(await result("ask", {})).toEqual([{ type: "text", text: "paid Ann" }]);
    expect(await result("refund", { amount: 2 })).toEqual([{ type: "text", text: "refunded 2" }]);
    await client.close();
  }, 120_000);

  test("of the oldest SDK that is maintained", async () => {
    const [command = "", ...args] = scratch.gateway("oldest", settings("everything"), EVERYTHING);
    const client = new OldClient({ name: "tests", version: "1" });
    await client.connect(new OldTransport({ command, args, env: { ...process.env, ...KEYS } }));
    await client.listTools();
    const progress: number[] = [];
    const long = { name: "trigger-long-running-operation", arguments: { duration: 0.05, steps: 2 } };
    await client.callTool(long, undefined, { onprogress: (one) => progress.push(one.progress) });
    expect(progress.length).toBeGreaterThan(0);
    expect((await client.callTool({ name: "get-structured-content", arguments: { location: "Chicago" } })).structuredContent).toBeDefined();
    // What is refused is an error that the client lets pass, although the tool promises a structure.
    expect(await client.callTool({ name: "get-env", arguments: {} })).toMatchObject({ isError: true });
    const canceled = client.callTool({ name: "trigger-long-running-operation", arguments: { duration: 60, steps: 1 } }, undefined, {
      signal: AbortSignal.timeout(500),
    });
    await expect(canceled).rejects.toThrow();
    expect((await client.callTool({ name: "echo", arguments: { message: "still here" } })).isError).toBeFalsy();
    await client.close();
  }, 120_000);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
