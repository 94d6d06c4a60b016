import { randomId } from "@/sdk/typescript/src/payload-hash";
import { unclearAnswer } from "./answers";
import { ForwardedCalls } from "./forwarded-calls";
import type { GatewayParts } from "./gateway-parts";
import { type CallHost, GovernedCall } from "./governed-call";
import { ListedTools } from "./listed-tools";
import {
  envelopeOf,
  idKey,
  isRequestId,
  isResponse,
  type Line,
  lineOf,
  type Members,
  type Message,
  membersOf,
  type RequestId,
  readClientLine,
} from "./messages";
import { unclearSettings } from "./settings";
import type { Upstream } from "./upstream";

const INVALID_REQUEST = -32_600;
const PARSE_ERROR = -32_700;
const INTERNAL_ERROR = -32_603;
const OWN_ID = "daai-mcp:";
const LIST_MILLISECONDS = 10_000;

/**
 * Passes every message on, as it is, in both directions, but for calls of tools: those are proposed to the console first. It keeps no state
 * of the protocol beyond that, so that client and server agree on its version between themselves.
 */
export class Gateway implements CallHost {
  readonly parts: GatewayParts;
  readonly forwarded: ForwardedCalls;
  readonly tools: ListedTools;
  readonly #upstream: Upstream;
  /** Calls that have no answer, by the ids of their requests. */
  readonly #calls = new Map<string, GovernedCall>();
  readonly #running = new Set<Promise<void>>();
  /** The client's requests whose responses the gateway reads too. */
  readonly #watched = new Map<string, Message>();
  readonly #own = new Map<string, (response: Message) => void>();
  /** The client's name, where there is a handshake. */
  clientName: string | null = null;

  constructor(parts: GatewayParts, upstream: Upstream) {
    this.parts = parts;
    this.#upstream = upstream;
    this.forwarded = new ForwardedCalls(upstream);
    this.tools = new ListedTools(
      (method, params) => this.#request(method, params),
      (tools, shown) => {
        for (const warning of unclearSettings(parts.settings, tools)) parts.warn(warning);
        return parts.accepted.see([...tools.values(), ...shown]);
      },
    );
  }

  fromClient(text: string): void {
    this.#try(null, () => {
      const lines = readClientLine(text);
      // A server may read what isn't JSON by the standard: as a call, too.
      if (lines === null) this.fail(null, PARSE_ERROR, "This isn't a message of JSON-RPC.");
      else for (const line of lines) this.#try(line.message.id, () => this.#route(line));
    });
  }

  fromServer(line: Line): void {
    try {
      this.#fromServer(line);
    } catch (error) {
      this.parts.warn(`a message of the server couldn't be read: ${String(error)}`);
    }
  }

  /** One odd message mustn't end the gateway: others may be waiting for replies. */
  #try(id: unknown, read: () => void): void {
    try {
      read();
    } catch (error) {
      this.fail(id, INTERNAL_ERROR, `The gateway couldn't read this: ${String(error)}`);
    }
  }

  #fromServer(line: Line): void {
    const { message } = line;
    if (isResponse(message)) {
      const key = idKey(message.id);
      const own = this.#own.get(key);
      if (own) {
        this.#own.delete(key);
        own(message);
        return;
      }
      if (this.forwarded.reply(line)) return;
      this.#watch(key, message);
    } else if (message.method === "notifications/tools/list_changed") {
      this.tools.outdate();
      if (this.clientName !== null) this.#list({});
    }
    this.parts.write(line.text);
  }

  /** The server is gone: calls that it didn't reply to are in doubt. */
  serverGone(reason: string): void {
    this.forwarded.lose(`the server ${reason}`);
    for (const answer of this.#own.values()) answer({ jsonrpc: "2.0", error: { message: `the server ${reason}` } });
    this.#own.clear();
  }

  /** Nobody waits for decisions anymore. Resolves when everything that ran is reported. */
  async end(): Promise<void> {
    for (const call of this.#calls.values()) if (!call.isForwarded) call.cancel();
    await Promise.all(this.#running);
  }

  #route(line: Line): void {
    const { message } = line;
    const { id, method, params } = message;
    if (method !== undefined && typeof id === "string" && id.startsWith(OWN_ID)) {
      return this.fail(id, INVALID_REQUEST, "This id is reserved.");
    }
    if (method === "tools/call") return this.#call(line);
    if (line.flaw !== null) return this.fail(id, INVALID_REQUEST, unclearAnswer(line.flaw));
    if (method === "notifications/cancelled" && this.#cancel(membersOf(params)["requestId"])) return;
    if (typeof method === "string" && id !== undefined) {
      if (method === "initialize" || method === "tools/list") this.#watched.set(idKey(id), message);
      if (method === "initialize") this.clientName = textOf(membersOf(membersOf(params)["clientInfo"])["name"]);
    }
    this.#upstream.send(line).catch((error: unknown) => {
      this.#watched.delete(idKey(id));
      if (id !== undefined && typeof method === "string") this.fail(id, -32_000, `The gateway couldn't pass it on: ${String(error)}`);
    });
    if (method === "notifications/initialized") this.#list({});
  }

  #call(line: Line): void {
    const { id } = line.message;
    // Without an id nobody could be told that it wasn't executed.
    if (!isRequestId(id)) return this.fail(id ?? null, INVALID_REQUEST, "A call of a tool needs an id.");
    const key = idKey(id);
    if (this.#calls.has(key)) return this.fail(id, INVALID_REQUEST, "A call with this id is still running.");
    if (this.forwarded.continue(line)) return;
    const call = new GovernedCall(this, line);
    this.#calls.set(key, call);
    const running = call.run().finally(() => {
      for (const [one, of] of this.#calls) if (of === call) this.#calls.delete(one);
      this.#running.delete(running);
    });
    this.#running.add(running);
  }

  continuedAs(call: GovernedCall, id: RequestId): void {
    this.#calls.set(idKey(id), call);
  }

  /** True if the server needn't know: it hasn't seen the request, or its stream was closed. */
  #cancel(id: unknown): boolean {
    if (!isRequestId(id)) return false;
    const call = this.#calls.get(idKey(id));
    call?.cancel();
    if (call && !call.isForwarded) return true;
    this.forwarded.cancel(id);
    return this.#upstream.cancel(id);
  }

  #watch(key: string, { result }: Message): void {
    const request = this.#watched.get(key);
    if (request === undefined) return;
    this.#watched.delete(key);
    const { tools, protocolVersion } = membersOf(result);
    if (request.method === "tools/list") {
      this.tools.seen(tools, membersOf(request.params)["cursor"] === undefined);
      this.#list(envelopeOf(request.params));
    } else if (typeof protocolVersion === "string") this.#upstream.agreedOn(protocolVersion);
  }

  /** So that what is held is known before it is called. */
  #list(envelope: Members): void {
    this.tools.refresh(envelope).catch((error: unknown) => this.parts.warn(`the server's tools couldn't be listed: ${String(error)}`));
  }

  /** The gateway's own request. */
  async #request(method: string, params: Members): Promise<Members> {
    const id = `${OWN_ID}${randomId()}`;
    const message = { jsonrpc: "2.0" as const, id, method, params };
    let timer: NodeJS.Timeout | undefined;
    const response = await new Promise<Message>((resolve, reject) => {
      this.#own.set(idKey(id), resolve);
      timer = setTimeout(() => reject(new Error(`no response to ${method}`)), LIST_MILLISECONDS);
      this.#upstream.send(lineOf(message)).catch(reject);
    }).finally(() => {
      clearTimeout(timer);
      this.#own.delete(idKey(id));
    });
    if (response.error !== undefined) throw new Error(String(membersOf(response.error)["message"]));
    return membersOf(response.result);
  }

  fail(id: unknown, code: number, message: string): void {
    this.parts.write(JSON.stringify({ jsonrpc: "2.0", id: id ?? null, error: { code, message: `DAAI: ${message}` } }));
  }

  /** Who acts, for the console. */
  actorOf(params: unknown): string | undefined {
    const info = membersOf(envelopeOf(params)["io.modelcontextprotocol/clientInfo"]);
    const name = this.parts.settings.actor ?? textOf(info["name"]) ?? this.clientName;
    return name === null ? undefined : [...name].slice(0, 200).join("");
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
