// An agent of a framework, beside a console, whose process can be started again at any time.

import { expect } from "vitest";
import type { DaaiClient } from "../src/index";
import { FakeDaai, requireApprovalAbove } from "../src/testing";

export const ACTIONS = { refund: "refund_customer" };
export const UNGOVERNED = ["search"];

export interface Call {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly id: string;
}

/** What outlives a process. */
export class Disk {
  readonly pauses = new Map<string, string>();
  /** Where a framework stores its conversations, if it does. */
  readonly threads = new Map<string, string>();
}

/** An agent with the tools `refund(order, amount)` and `search(order)`. */
export interface Conversation {
  /** The model calls these tools at once, and ends when it has their results. */
  start(...calls: readonly Call[]): Promise<unknown>;
  /** Whether something waited for it. */
  resume(runId: string): Promise<boolean>;
  /** The results that the model got, by the ids of the calls; empty as long as the agent waits. */
  told(): readonly unknown[];
  /** Changes the amount of the first call where the framework's state is stored. */
  tamper(amount: number): void;
}

export type Kind = (client: DaaiClient, disk: Disk, ledger: unknown[]) => Conversation;

export function refund(order: string, amount: number | bigint, id = "c1"): Call {
  return { name: "refund", args: { order, amount: Number(amount) }, id };
}

/** What the tool does. */
export function perform(ledger: unknown[], order: string, amount: number): string {
  ledger.push([order, amount]);
  if (order === "broken") throw new Error("the bank said no");
  return `refunded ${amount}`;
}

/** A console, and an agent whose process can be started again at any time. */
export class World {
  readonly fake = new FakeDaai({ policies: { refund_customer: requireApprovalAbove(500) } });
  readonly disk = new Disk();
  readonly ledger: unknown[] = [];
  /** Which requests get no response, as the connection breaks. */
  loses: (path: string, body: string) => boolean = () => false;
  agent: Conversation;
  readonly #kind: Kind;

  constructor(kind: Kind) {
    this.#kind = kind;
    this.agent = this.anotherProcess();
  }

  client(): DaaiClient {
    const fetch: typeof globalThis.fetch = (input, init) =>
      this.loses(String(input), String(init?.body)) ? Promise.reject(new TypeError("fetch failed")) : this.fake.fetch(input, init);
    return this.fake.client({ fetch, onWarning: () => undefined });
  }

  anotherProcess(): Conversation {
    this.agent = this.#kind(this.client(), this.disk, this.ledger);
    return this.agent;
  }

  /** What something waits for, in the order of the proposals. */
  waiting(): string[] {
    return this.fake.runs.map(({ id }) => id).filter((id) => this.disk.pauses.has(id));
  }

  /** The one run that something waits for. */
  waits(): string {
    const [runId = "", ...others] = this.waiting();
    expect(others).toEqual([]);
    return runId;
  }
}
