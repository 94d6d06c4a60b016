import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { DaaiClient } from "../../typescript/src/index";
import { type FakeConsole, fakeConsole } from "../../typescript/tests/fake-console";
import { clientOf } from "../../typescript/tests/test-client";
import { AcceptedTools } from "../src/accepted-tools";
import { Gateway } from "../src/gateway";
import { type Line, type Members, type Message, membersOf, readLine } from "../src/messages";
import { OpenCalls } from "../src/open-calls";
import { parseSettings } from "../src/settings";
import type { Upstream } from "../src/upstream";

export const PAY = { name: "pay", description: "Pays somebody.", inputSchema: { type: "object" } };
export const LOOK = { name: "look", description: "Looks.", inputSchema: { type: "object" }, annotations: { readOnlyHint: true } };

/** The result of a call of `pay`. */
export const PAID = { content: [{ type: "text", text: "paid" }] };

type Rules = Parameters<typeof fakeConsole>[0];

interface TestGatewayOptions {
  readonly rules?: Rules;
  readonly settings?: string;
  readonly waitSeconds?: number;
  /** What the server has; the array may change. */
  readonly tools?: object[];
  /** The result of a call, or nothing for no reply. */
  readonly onCall?: (message: Message) => Promise<Members | null> | Members | null;
  readonly state?: string;
  readonly console?: FakeConsole;
  /** Of that console. */
  readonly client?: DaaiClient;
}

/** A gateway between what a test writes and reads, and a server and a console in memory. */
export class TestGateway {
  readonly console: FakeConsole;
  readonly state: string;
  /** What the server got. */
  readonly received: Line[] = [];
  readonly warnings: string[] = [];
  readonly gateway: Gateway;
  readonly tools: object[];
  /** What the server shows the client, if that is something else. */
  shown: object[] | null = null;
  readonly #written: Message[] = [];
  readonly lines: string[] = [];
  #wakers: (() => void)[] = [];
  #ids = 0;

  constructor({
    rules,
    settings = "",
    waitSeconds = 0,
    tools = [PAY, LOOK],
    onCall = () => ({ content: [] }),
    state,
    console,
    client: given,
  }: TestGatewayOptions = {}) {
    this.tools = tools;
    this.console = console ?? fakeConsole(rules);
    this.state = state ?? mkdtempSync(join(tmpdir(), "daai-mcp-"));
    const parsed = parseSettings(`server: bank\nwait_seconds: ${waitSeconds}\nstate: ${this.state}\n${settings}`, "gateway.yaml", {});
    const client = given ?? clientOf(this.console, { onWarning: (text) => this.warnings.push(text) });
    const warn = (text: string) => void this.warnings.push(text);
    const upstream: Upstream = {
      send: async (line) => {
        this.received.push(line);
        const { id, method } = line.message;
        if (method === "tools/list")
          this.reply(id, { tools: String(id).startsWith("daai-mcp:") ? this.tools : (this.shown ?? this.tools) });
        if (method === "tools/call") {
          const result = await onCall(line.message);
          if (result !== null) this.reply(id, result);
        }
      },
      cancel: () => false,
      agreedOn: () => undefined,
      end: () => Promise.resolve(),
    };
    const accepted = new AcceptedTools(parsed, client, "worker", warn);
    const write = (text: string) => {
      this.lines.push(text);
      this.#written.push(JSON.parse(text) as Message);
      for (const wake of this.#wakers.splice(0)) wake();
    };
    this.gateway = new Gateway(
      { settings: parsed, console: client, worker: "worker", accepted, openCalls: new OpenCalls(this.state), warn, write },
      upstream,
    );
  }

  /** A message from the server to the client. */
  reply(id: unknown, result: Members): void {
    const [line] = readLine(JSON.stringify({ jsonrpc: "2.0", id, result })) ?? [];
    if (line) this.gateway.fromServer(line);
  }

  send(message: object): void {
    this.gateway.fromClient(JSON.stringify({ jsonrpc: "2.0", ...message }));
  }

  /** What the client gets for a call. */
  async call(name: string, args: object, params: object = {}): Promise<Members> {
    this.#ids += 1;
    const id = `call-${this.#ids}`;
    this.send({ id, method: "tools/call", params: { name, arguments: args, ...params } });
    return membersOf((await this.response(id)).result);
  }

  async response(id: unknown): Promise<Message> {
    for (;;) {
      const found = this.#written.find((message) => message.id === id);
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.#wakers.push(resolve);
      });
    }
  }

  /** The calls that the server got. */
  get calls(): Members[] {
    return this.received.filter(({ message }) => message.method === "tools/call").map(({ message }) => membersOf(message.params));
  }

  /** The runs of calls. */
  get runs() {
    return this.console.runs.filter(({ action }) => action !== "accept_mcp_tools");
  }

  remove(): void {
    rmSync(this.state, { recursive: true, force: true });
  }
}

/** A gateway for the running test. */
export function openGateway(...options: ConstructorParameters<typeof TestGateway>): TestGateway {
  const gateway = new TestGateway(...options);
  onTestFinished(() => gateway.remove());
  return gateway;
}

export function textOf(result: Members): string {
  const [part] = Array.isArray(result["content"]) ? result["content"].map(membersOf) : [];
  return String(part?.["text"]);
}
