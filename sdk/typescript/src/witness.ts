/** Stores checkpoints of the receipt log outside the console, and detects that the log shrank, forked or was replaced. */
import { bytesOfHex } from "@/lib/domain/log/byte-text";
import type { SignatureCheck } from "@/lib/domain/log/checkpoint";
import { parseVerifierKey, type VerifierKey } from "@/lib/domain/log/signed-note";
import { webCryptoCheck } from "@/lib/domain/log/web-crypto-check";
import type { CheckpointStore } from "./checkpoint-store";
import { DaaiConfigError } from "./errors";
import type { Inside, LogCheck } from "./inside";
import { LogWitness } from "./log-witness";

export { type CheckpointStore, InMemoryCheckpointStore, isSameCheckpoint, type KeptCheckpoint } from "./checkpoint-store";
export { SQLiteCheckpointStore } from "./sqlite-checkpoint-store";

/** Of RFC 8032, section 7.1. */
const ANY_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

export interface WitnessOptions {
  readonly checkpointStore: CheckpointStore;
  /** The verifier keys to trust, `name+hash+base64`. Without them, the first checkpoint is trusted. */
  readonly logKeys?: readonly string[] | undefined;
}

interface Prepared {
  readonly check: SignatureCheck;
  readonly logKeys: readonly VerifierKey[];
}

/**
 * Makes a client a witness of its workspace's receipt log: `new DaaiClient({ witness })`. Each of its methods but `releaseClaim` can then
 * also throw LogTampered. Several clients may have the same witness.
 *
 * The first call throws a DaaiConfigError for a log key that isn't complete, and where Web Crypto has no Ed25519.
 */
export class Witness implements LogCheck {
  readonly #store: CheckpointStore;
  readonly #prepared: Promise<Prepared>;
  readonly #clients = new WeakMap<Inside, LogWitness>();

  constructor({ checkpointStore, logKeys = [] }: WitnessOptions) {
    this.#store = checkpointStore;
    this.#prepared = prepare(logKeys);
    // A client that is never used has no problem.
    this.#prepared.catch(() => undefined);
  }

  /** For the client, which calls it with every response. */
  async check(inside: Inside, { toRelease }: { readonly toRelease?: boolean }, response: Response): Promise<void> {
    if (toRelease) return;
    const { check, logKeys } = await this.#prepared;
    if (response.status !== 200) return;
    const known = this.#clients.get(inside) ?? new LogWitness(inside, this.#store, check, logKeys);
    this.#clients.set(inside, known);
    await known.check(response);
  }
}

async function prepare(texts: readonly string[]): Promise<Prepared> {
  const check = webCryptoCheck();
  if (check === null || !(await hasEd25519(check))) throw new DaaiConfigError("a witness needs Ed25519 in Web Crypto");
  const logKeys: VerifierKey[] = [];
  for (const text of texts) {
    const key = await parseVerifierKey(check.sha256, text);
    if (key === null) {
      throw new DaaiConfigError(`logKeys: ${text} isn't a verifier key: it may be incomplete. Copy all of it, name+hash+base64`);
    }
    logKeys.push(key);
  }
  return { check, logKeys };
}

async function hasEd25519({ isSigned }: SignatureCheck): Promise<boolean> {
  try {
    await isSigned(bytesOfHex(ANY_KEY) ?? new Uint8Array(), new Uint8Array(64), new Uint8Array());
    return true;
  } catch {
    return false;
  }
}
