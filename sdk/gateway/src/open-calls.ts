import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { randomId } from "@/sdk/typescript/src/payload-hash";
import { SettingsError } from "./settings";

/** A call that nobody repeated for so long isn't repeated anymore. */
const KEEP_MILLISECONDS = 30 * 24 * 3_600_000;
const FILE = /^([0-9a-f]{64})\.([0-9a-f]{32})\.(\d+)$/;

/** A call without a final answer. A later call with the same arguments continues it. */
export interface OpenCall {
  readonly idempotencyKey: string;
  /** Without an answer for the time being: the next call with the same arguments continues this one. */
  leave(): void;
  /** It is answered: the next call with the same arguments is another one. */
  close(): void;
}

/**
 * The calls without a final answer, each a file whose name says everything: what is called, its key and the process that has it. So a gateway
 * that is started again, also after it was killed, finds the run of a call that is repeated, and none is proposed or run twice.
 */
export class OpenCalls {
  readonly #folder: string;
  readonly #held = new Set<string>();
  readonly #left = new Set<string>();

  /** Throws a SettingsError. */
  constructor(state: string) {
    this.#folder = join(state, "calls");
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(this.#folder)) {
        if (Date.now() - statSync(join(this.#folder, name)).mtimeMs > KEEP_MILLISECONDS) rmSync(join(this.#folder, name), { force: true });
      }
    } catch (error) {
      throw new SettingsError(`The gateway can't keep its state in ${state}: ${(error as Error).message}. Name another folder with state.`);
    }
  }

  /** Continues a call of this fingerprint that was left, by this process or by one that has ended, or begins another. */
  take(fingerprint: string): OpenCall {
    const left = this.#takeLeft(fingerprint);
    if (left !== null) return left;
    const name = `${fingerprint}.${randomId()}.${process.pid}`;
    closeSync(openSync(join(this.#folder, name), "wx", 0o600));
    return this.#hold(name);
  }

  #takeLeft(fingerprint: string): OpenCall | null {
    for (const name of readdirSync(this.#folder).sort()) {
      const [, called, nonce, owner] = FILE.exec(name) ?? [];
      if (called !== fingerprint || this.#held.has(name)) continue;
      if (this.#left.has(name)) return this.#hold(name);
      if (Number(owner) !== process.pid && isAlive(Number(owner))) continue;
      const ours = `${fingerprint}.${nonce}.${process.pid}`;
      try {
        // Another gateway may be taking it: one of the two succeeds.
        renameSync(join(this.#folder, name), join(this.#folder, ours));
        return this.#hold(ours);
      } catch {}
    }
    return null;
  }

  #hold(name: string): OpenCall {
    this.#left.delete(name);
    this.#held.add(name);
    const [fingerprint, nonce] = name.split(".");
    return {
      idempotencyKey: `mcp:${fingerprint}:${nonce}`,
      leave: () => {
        if (this.#held.delete(name)) this.#left.add(name);
      },
      close: () => {
        if (this.#held.delete(name)) rmSync(join(this.#folder, name), { force: true });
      },
    };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
