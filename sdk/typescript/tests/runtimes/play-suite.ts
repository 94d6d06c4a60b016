// What the package does in a runtime. Uses nothing but the package and what every runtime has.

import { type DaaiClient, verifyWebhook } from "../../src/index";
import { DaaiActionRunner, InMemoryPendingStore, PendingActionManager, type PendingStore, SQLitePendingStore } from "../../src/runner";
import { FakeDaai } from "../../src/testing";
import { verifyReceipt } from "../../src/verify";
import { playScripted, playWithFake } from "../conformance/play-cases";
import type { Case } from "../conformance/scripted-server";

export interface Suite {
  /** Of the scripted server. */
  readonly address: string;
  readonly cases: readonly Case[];
  readonly webhooks: readonly Delivery[];
  readonly evidence: {
    readonly keys: readonly string[];
    readonly cases: readonly { readonly name: string; readonly content: string; readonly kept: readonly string[] }[];
  };
  /** Where a store may be; null if there are no files. */
  readonly file: string | null;
}

export interface Delivery {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly secret: string;
}

export interface Report {
  /** By title, what differs. Only cases with problems. */
  readonly cases: Readonly<Record<string, readonly string[]>>;
  readonly withFake: Readonly<Record<string, readonly string[]>>;
  readonly played: { readonly cases: number; readonly withFake: number };
  /** The type of each event, or why it isn't one. */
  readonly webhooks: readonly string[];
  /** By name, the problems of the evidence. */
  readonly evidence: Readonly<Record<string, string>>;
  /** What a runner did with the runs that were stored. */
  readonly inMemory: readonly unknown[];
  readonly inFile: readonly unknown[] | string;
}

export async function playSuite({ address, cases, webhooks, evidence, file }: Suite): Promise<Report> {
  const forFake = cases.filter(({ real, fake }) => real || fake);
  return {
    cases: await problemsOf(cases, (playing) => playScripted(playing, address)),
    withFake: await problemsOf(forFake, playWithFake),
    played: { cases: cases.length, withFake: forFake.length },
    webhooks: await Promise.all(webhooks.map(receive)),
    evidence: Object.fromEntries(
      await Promise.all(evidence.cases.map(async (one) => [one.name, await verify(one, evidence.keys)] as const)),
    ),
    inMemory: await runStored(new InMemoryPendingStore()),
    inFile: await runInFile(file),
  };
}

async function problemsOf(cases: readonly Case[], play: (playing: Case) => Promise<string[]>): Promise<Report["cases"]> {
  const found: Record<string, string[]> = {};
  for (const playing of cases) {
    const problems = await play(playing).catch((error: unknown) => [String(error)]);
    if (problems.length > 0) found[playing.title] = problems;
  }
  return found;
}

const receive = ({ body, headers, secret }: Delivery) =>
  verifyWebhook(body, new Headers(headers), secret).then(
    ({ type }) => type,
    (error: Error) => `${error.name}: ${error.message}`,
  );

async function verify({ content, kept }: Suite["evidence"]["cases"][number], keys: readonly string[]): Promise<string> {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  return (await verifyReceipt(bytes, { keys, checkpoints: kept })).problems.join("\n");
}

async function runInFile(file: string | null): Promise<Report["inFile"]> {
  try {
    const store = new SQLitePendingStore(file ?? ":memory:");
    const seen = await runStored(store);
    store.close();
    const reopened = new SQLitePendingStore(file ?? ":memory:");
    const left = reopened.entries().map(({ actionRunId, state }) => [actionRunId.slice(0, 2), state]);
    reopened.close();
    return [...seen, left];
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

/** One run is approved and executed, one fails, one is still pending: it stays stored. */
async function runStored(store: PendingStore): Promise<unknown[]> {
  const fake = new FakeDaai({ policies: { ask: "always_require_approval" } });
  const client: DaaiClient = fake.client();
  const manager = new PendingActionManager(client, store);
  const runner = new DaaiActionRunner(client, store, { clock: () => fake.clock.now.getTime() / 1000 });
  const amounts: unknown[] = [];
  runner.whenExecutable("ask", ({ amount }) => {
    amounts.push(amount);
    if (amount === 2) throw new Error("no money");
    return { amount };
  });
  const tickets = [];
  for (const amount of [1, 2, 3]) tickets.push(await manager.propose({ action: "ask", payload: { amount }, idempotencyKey: `k${amount}` }));
  for (const { actionRunId } of tickets.slice(0, 2)) fake.decide(actionRunId, "approve");
  const passes = [await runner.runPendingOnce(), await runner.runPendingOnce()];
  const states = tickets.map(({ actionRunId, storedForLater }) => [storedForLater, fake.run(actionRunId).executionStatus]);
  return [passes, amounts, states];
}
