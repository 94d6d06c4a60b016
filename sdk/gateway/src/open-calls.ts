import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomId } from "@/sdk/typescript/src/payload-hash";
import { SettingsError } from "./settings";

/** A call that nobody repeated for so long isn't repeated anymore. One that was sent may be in doubt, and is kept. */
const KEEP_MILLISECONDS = 30 * 24 * 3_600_000;
const FILE = /^([0-9a-f]{64})\.[0-9a-f]{32}$/;

/** A call without a final answer. A later call with the same arguments continues it. */
export interface OpenCall {
  readonly idempotencyKey: string;
  /** Noted before the server gets it. */
  send(): void;
  /** Without an answer for the time being: the next call with the same arguments continues this one. */
  leave(): void;
  /** It is answered: the next call with the same arguments is another one. */
  close(): void;
}

/**
 * The calls without a final answer, each a file named after what is called and its key, and empty until the call is sent. So a gateway that is
 * started again, also after it was killed, finds the run of a call that is repeated, and none is proposed or run twice. Of two gateways that
 * find the same call, the console gives one the claim.
 */
export class OpenCalls {
  readonly #folder: string;
  readonly #held = new Set<string>();

  /** Throws a SettingsError. */
  constructor(state: string) {
    this.#folder = join(state, "calls");
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      for (const name of readdirSync(this.#folder)) {
        const path = join(this.#folder, name);
        // Another gateway that starts may have deleted it.
        const stat = statSync(path, { throwIfNoEntry: false });
        if (stat?.size === 0 && Date.now() - stat.mtimeMs > KEEP_MILLISECONDS) rmSync(path, { force: true });
      }
    } catch (error) {
      throw new SettingsError(`The gateway can't keep its state in ${state}: ${(error as Error).message}. Name another folder with state.`);
    }
  }

  /** Continues a call of this fingerprint that has no final answer and that this gateway isn't at, or begins another. */
  take(fingerprint: string): OpenCall {
    const names = readdirSync(this.#folder).sort();
    const open = names.find((name) => FILE.exec(name)?.[1] === fingerprint && !this.#held.has(name));
    if (open !== undefined) return this.#hold(open);
    const name = `${fingerprint}.${randomId()}`;
    closeSync(openSync(join(this.#folder, name), "wx", 0o600));
    return this.#hold(name);
  }

  #hold(name: string): OpenCall {
    this.#held.add(name);
    const path = join(this.#folder, name);
    const [fingerprint, nonce] = name.split(".");
    return {
      idempotencyKey: `mcp:${fingerprint}:${nonce}`,
      send: () => writeFileSync(path, "sent", { mode: 0o600 }),
      leave: () => void this.#held.delete(name),
      close: () => {
        if (this.#held.delete(name)) rmSync(path, { force: true });
      },
    };
  }
}
