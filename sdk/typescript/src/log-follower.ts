import { hexText } from "@/lib/domain/log/byte-text";
import { type Checkpoint, openCheckpoint, readCheckpoint, type SignatureCheck } from "@/lib/domain/log/checkpoint";
import { parseSignedNote, parseVerifierKey, type VerifierKey, verifierKeyText } from "@/lib/domain/log/signed-note";
import { isConsistent } from "@/lib/domain/log/verify-merkle-proof";
import { type CheckpointStore, isSameCheckpoint, type KeptCheckpoint } from "./checkpoint-store";
import { DaaiError, LogTampered, type TamperedReason } from "./errors";
import type { Inside } from "./inside";
import { askForKeys, askForNewest, type Newest } from "./log-evidence";

/** Others that share the store may store another checkpoint between the request and the response. */
const ROUNDS = 3;

/** Has the console prove that its receipt log extends the stored checkpoint, and stores what is proved. */
export class LogFollower {
  readonly #inside: Inside;
  readonly #store: CheckpointStore;
  readonly #check: SignatureCheck;
  readonly #given: readonly VerifierKey[];
  #client: string | undefined;

  /**
   * `given` are the only keys to trust. If there are none, the keys of the first checkpoint are trusted, and new ones that sign together with
   * a trusted one: that is how a console rotates its key.
   */
  constructor(inside: Inside, store: CheckpointStore, check: SignatureCheck, given: readonly VerifierKey[]) {
    this.#inside = inside;
    this.#store = store;
    this.#check = check;
    this.#given = given;
  }

  async kept(): Promise<KeptCheckpoint | null> {
    return (await this.#store.followed(await this.#clientName())) ?? null;
  }

  /** Whether a note is signed by keys that count, as far as one can know by what is stored. */
  async isSigned(note: string, kept: KeptCheckpoint): Promise<boolean> {
    return (await openCheckpoint(this.#check, note, await this.#trusted(kept))).ok;
  }

  /** Throws LogTampered, or another DaaiError if the evidence isn't available. */
  async follow(): Promise<void> {
    let kept = await this.kept();
    for (let round = 0; round < ROUNDS; round += 1) {
      const newest = await askForNewest(this.#inside, kept && kept.size);
      const { note } = newest;
      if (note === null) {
        if (kept === null) return;
        throw tampered("shrank", `it had ${kept.size} receipts and now has none`, kept, null);
      }
      const [checkpoint, keys] = await this.#open(note, kept);
      const { origin, size } = checkpoint;
      let before = kept;
      if (kept?.origin === origin) await this.#compare(kept, checkpoint, note, newest);
      else {
        if (kept !== null && !(await this.#store.isAccepted(origin))) throw tampered("restarted", anotherLog(origin, kept), kept, note);
        before = (await this.#store.get(origin)) ?? null;
        if (before !== null) {
          // Another client of the store already follows this log.
          kept = before;
          continue;
        }
      }
      const found: KeptCheckpoint = { origin, size, note, keys };
      if (isSameCheckpoint(await this.kept(), found)) return;
      if (await this.#store.keep(await this.#clientName(), found, before)) return;
      kept = (await this.#store.get(origin)) ?? null;
    }
    throw new DaaiError("the stored checkpoint changed while the console was asked");
  }

  /** The note's checkpoint, and the keys that signed it: the ones to trust from now on. */
  async #open(note: string, kept: KeptCheckpoint | null): Promise<readonly [Checkpoint, readonly string[]]> {
    let trusted = await this.#trusted(kept);
    // The first checkpoint is trusted.
    if (trusted.length === 0) trusted = await askForKeys(this.#inside, this.#check);
    const opened = await openCheckpoint(this.#check, note, trusted);
    if (!opened.ok) throw tampered("unsigned", opened.problem, kept, note);
    const others = this.#given.length > 0 ? [] : await this.#beside(trusted, note);
    const signers = [...trusted.filter((key) => opened.signedBy.includes(key)), ...others];
    return [opened.checkpoint, signers.map(verifierKeyText)];
  }

  /** The keys that signed the note together with trusted ones. */
  async #beside(trusted: readonly VerifierKey[], note: string): Promise<VerifierKey[]> {
    const { signatures } = parseSignedNote(note) ?? { signatures: [] };
    const unknown = signatures.filter((signature) => !trusted.some((key) => isOf(key, signature)));
    if (unknown.length === 0) return [];
    const found: VerifierKey[] = [];
    // If they can't be read now, the next checkpoint will have them again.
    for (const key of await askForKeys(this.#inside, this.#check).catch(ifUnavailable)) {
      const isNew = unknown.some((signature) => isOf(key, signature)) && !found.some((one) => isOf(one, key));
      if (isNew && (await openCheckpoint(this.#check, note, [key])).ok) found.push(key);
    }
    return found;
  }

  async #compare(kept: KeptCheckpoint, newest: Checkpoint, note: string, { proof }: Newest): Promise<void> {
    const { size, rootHash } = newest;
    if (size < kept.size) throw tampered("shrank", `it had ${kept.size} receipts and now has ${size}`, kept, note);
    const first = { firstSize: kept.size, firstRoot: storedCheckpoint(kept).rootHash };
    const isProved = proof !== null && (await isConsistent(this.#check.sha256, { ...first, size, rootHash, proof }));
    if (!isProved) throw tampered("forked", `its first ${kept.size} receipts aren't the ones it had before`, kept, note);
  }

  async #trusted(kept: KeptCheckpoint | null): Promise<readonly VerifierKey[]> {
    if (this.#given.length > 0) return this.#given;
    return Promise.all(
      (kept?.keys ?? []).map(async (text) => {
        const key = await parseVerifierKey(this.#check.sha256, text);
        if (key === null) throw new Error(`the checkpoint store has a key that can't be read: ${text}`);
        return key;
      }),
    );
  }

  /** The same in every SDK, so that a program that changes its language goes on from what is stored. */
  async #clientName(): Promise<string> {
    const key = this.#inside.headers["X-DAAI-Workspace-Key"];
    this.#client ??= hexText(await this.#check.sha256(new TextEncoder().encode(`daai witness\n${key}`))).slice(0, 32);
    return this.#client;
  }
}

export function tampered(reason: TamperedReason, problem: string, kept: KeptCheckpoint | null, found: string | null): LogTampered {
  return new LogTampered(reason, problem, kept && kept.note, found);
}

export function storedCheckpoint({ note }: KeptCheckpoint): Checkpoint {
  const checkpoint = readCheckpoint(note);
  if (checkpoint === null) throw new Error("the checkpoint store has a checkpoint that can't be read");
  return checkpoint;
}

function anotherLog(origin: string, kept: KeptCheckpoint): string {
  return (
    `it is now ${origin} instead of ${kept.origin}. If its operator has explained why, such as restoring a backup, accept it: ` +
    `checkpointStore.accept(${JSON.stringify(origin)})`
  );
}

function isOf(key: VerifierKey, signer: Pick<VerifierKey, "name" | "keyHash">): boolean {
  return key.name === signer.name && key.keyHash === signer.keyHash;
}

function ifUnavailable(error: unknown): VerifierKey[] {
  if (error instanceof DaaiError) return [];
  throw error;
}
