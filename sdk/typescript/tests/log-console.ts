// A console that shows a log of receipts, honest or not, to clients that are witnesses.

import { expect } from "vitest";
import { DaaiClient, type DaaiClientOptions, LogTampered } from "../src/index";
import { SYSTEM_RUNTIME } from "../src/runtime";
import { InMemoryCheckpointStore, Witness } from "../src/witness";
import { fakeConsole } from "./fake-console";
import { noteOf, ORIGIN, proofOf, receipt, Signer } from "./receipt-log";
import { KEYS } from "./test-client";

export const HONEST: readonly string[] = Array.from({ length: 40 }, (_, number) => receipt(number));
export const SIGNER: Signer = await Signer.generate();
export const STRANGER: Signer = await Signer.generate();

export const json = (content: object, status = 200): Response =>
  new Response(JSON.stringify(content), { status, headers: { "Content-Type": "application/json" } });

/** Allows everything. What it shows of its log in responses, and what it says when asked, may differ. */
export class LogConsole {
  receipts: readonly string[] = HONEST.slice(0, 10);
  shown: readonly string[] | null = null;
  /** In the place of the checkpoint in a response. */
  header: string | null = null;
  signers: readonly Signer[] = [SIGNER];
  published: readonly Signer[] = [SIGNER];
  origin: string = ORIGIN;
  now = 0;
  /** Called instead of showing the log. */
  evidence: ((query: string) => Response | Promise<Response>) | null = null;
  store: InMemoryCheckpointStore = new InMemoryCheckpointStore();
  /** What was asked about the log. */
  readonly asked: string[] = [];
  readonly warnings: string[] = [];
  readonly fake: ReturnType<typeof fakeConsole> = fakeConsole();

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname, search } = new URL(String(input));
    if (/log\/checkpoint$|log-keys$/.test(pathname)) {
      this.asked.push(search || pathname.slice("/api/v1/".length));
      return this.evidence ? this.evidence(search) : this.showLog(pathname, search);
    }
    const response = await this.fake.fetch(input, init);
    const shown = this.shown ?? this.receipts;
    const header = this.header ?? (shown.length > 0 ? Buffer.from(await this.note(shown)).toString("base64") : "");
    if (response.status === 200 && header !== "") response.headers.set("DAAI-Checkpoint", header);
    return response;
  };

  note(receipts: readonly string[]): Promise<string> {
    return noteOf(receipts, this.signers, this.origin);
  }

  /** What it says of its log when it isn't told otherwise. */
  async showLog(pathname: string, search: string): Promise<Response> {
    if (pathname.endsWith("keys")) return json({ keys: this.published.map(({ verifierKey }) => ({ verifier_key: verifierKey })) });
    const from = search === "" ? null : Number(search.slice("?from=".length));
    const proof = from === null || from > this.receipts.length ? null : await proofOf(from, this.receipts);
    const checkpoint = this.receipts.length > 0 ? await this.note(this.receipts) : null;
    return json({ checkpoint, size: this.receipts.length, consistency_proof: proof });
  }

  client({ logKeys = [], ...options }: DaaiClientOptions & { readonly logKeys?: readonly string[] } = {}): DaaiClient {
    const witness = new Witness({ checkpointStore: this.store, logKeys });
    const onWarning = (message: string) => void this.warnings.push(message);
    const runtime = { ...SYSTEM_RUNTIME, fetch: this.fetch, now: () => this.now, sleep: () => Promise.resolve() };
    return new DaaiClient({ ...KEYS, witness, onWarning, ...options }, runtime);
  }

  /** A client that knows the log. */
  async witness(): Promise<DaaiClient> {
    const client = this.client();
    await look(client);
    this.asked.length = 0;
    return client;
  }

  /** Until a witness asks again. */
  wait(): void {
    this.now += 10;
  }

  get kept(): [string, number][] {
    return this.store.entries().map(({ origin, size }) => [origin, size]);
  }
}

/** The client gets a response that it may act on. */
export async function look(client: DaaiClient): Promise<void> {
  expect((await client.intercept({ action: "send_mail", payload: {} })).executable).toBe(true);
}

export async function refused(client: DaaiClient, reason: string): Promise<LogTampered> {
  const found: unknown = await client.intercept({ action: "send_mail", payload: {} }).catch((error: unknown) => error);
  if (!(found instanceof LogTampered)) return expect.unreachable(`not refused: ${String(found)}`);
  expect(found.reason).toBe(reason);
  return found;
}
