import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundleGateway } from "@/scripts/packages/make-gateway-package";
import { type Members, type Message, membersOf } from "../src/messages";
import { splitLines } from "../src/split-lines";

export const BANK = [process.execPath, resolve("sdk/gateway/tests/servers/bank-server.mjs")];
export const NEWEST = [process.execPath, resolve("sdk/gateway/tests/servers/newest-server.mjs")];
const reference = (name: string) => [process.execPath, resolve(`node_modules/@modelcontextprotocol/server-${name}/dist/index.js`)];
export const EVERYTHING = reference("everything");
export const FILESYSTEM = reference("filesystem");
export const MEMORY = reference("memory");

/** A folder of its own for each test file, with the gateway as it is packaged. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), "daai-mcp-"));
  readonly program = join(this.folder, "daai-mcp.mjs");

  async build(): Promise<void> {
    writeFileSync(this.program, (await bundleGateway("sdk/gateway")).program);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** The command of a gateway with these settings in front of a server. */
  gateway(name: string, settings: string, server: readonly string[], node: readonly string[] = [process.execPath]): string[] {
    mkdirSync(this.path(name), { recursive: true });
    const config = join(this.path(name), "gateway.yaml");
    writeFileSync(config, `state: ${join(this.path(name), "state")}\n${settings}`);
    const target = server[0]?.startsWith("http") ? ["--upstream", server[0]] : ["--", ...server];
    return [...node, this.program, "--config", config, ...target];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

type Answer = (request: Message) => Members;

/** A client that speaks in lines, of any version of the protocol. */
export class LineClient {
  readonly lines: string[] = [];
  readonly messages: Message[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #exited: Promise<unknown>;
  #stderr = "";
  #wakers: (() => void)[] = [];
  #ids = 0;

  constructor([program = "", ...args]: readonly string[], env: Readonly<Record<string, string>> = {}, answer: Answer = () => ({})) {
    this.#child = spawn(program, args, { env: { ...process.env, ...env } });
    this.#exited = once(this.#child, "exit");
    this.#child.stderr.on("data", (chunk: Buffer) => {
      this.#stderr += chunk.toString();
      this.#wake();
    });
    splitLines(
      this.#child.stdout,
      (line) => {
        this.lines.push(line);
        const message = JSON.parse(line) as Message;
        this.messages.push(message);
        if (message.id !== undefined && message.method !== undefined) this.send({ id: message.id, result: answer(message) });
        this.#wake();
      },
      () => this.#wake(),
    );
    this.#child.stdin.on("error", () => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get stderr(): string {
    return this.#stderr;
  }

  send(message: object): void {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  }

  async request(method: string, params: object = {}): Promise<Message> {
    this.#ids += 1;
    const id = this.#ids;
    this.send({ id, method, params });
    return this.response(id);
  }

  async response(id: unknown): Promise<Message> {
    return this.until(() => this.messages.findLast((message) => message.id === id && message.method === undefined));
  }

  /** Waits for what the lines or the errors show. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined && found !== false) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`it ended: ${this.#stderr}`);
      await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  async initialize(protocolVersion = "2025-11-25", capabilities: object = {}): Promise<Message> {
    const response = await this.request("initialize", { protocolVersion, capabilities, clientInfo: { name: "tests", version: "1" } });
    this.send({ method: "notifications/initialized" });
    return response;
  }

  async call(name: string, args: object, params: object = {}): Promise<Members> {
    return membersOf((await this.request("tools/call", { name, arguments: args, ...params })).result);
  }

  kill(): Promise<unknown> {
    this.#child.kill("SIGKILL");
    return this.#exited;
  }

  /** As clients end a server. Returns its exit code. */
  async end(): Promise<number | null> {
    this.#child.stdin.end();
    await this.#exited;
    return this.#child.exitCode;
  }

  get exitCode(): Promise<number | null> {
    return this.#exited.then(() => this.#child.exitCode);
  }

  #wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }
}
