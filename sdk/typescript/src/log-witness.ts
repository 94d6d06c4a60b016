// Detects a receipt log that shrinks or forks. Every response includes a recent checkpoint.
//
// Such a checkpoint is free but proves little: a process of the console may show one that is some seconds old, and only a proof shows that the
// log extends the stored one. So the witness requests a proof for a checkpoint that isn't the stored one, at most every ASK_EVERY_SECONDS, and
// only that proof is stored, or held against the console. One exception: a second signed checkpoint of the stored size is proof on its own.
//
// Missing evidence (no response, an error, an older console) isn't evidence of tampering: it is a warning, and requested again. But once
// tampering is found, every response is rejected until the console proves that the log extends the stored checkpoint.

import { bytesOfBase64, isSameBytes } from "@/lib/domain/log/byte-text";
import { readCheckpoint, type SignatureCheck } from "@/lib/domain/log/checkpoint";
import type { VerifierKey } from "@/lib/domain/log/signed-note";
import type { CheckpointStore, KeptCheckpoint } from "./checkpoint-store";
import { DaaiError, LogTampered } from "./errors";
import type { Inside } from "./inside";
import { LogFollower, storedCheckpoint, tampered } from "./log-follower";

const ASK_EVERY_SECONDS = 10;
const HEADER = "DAAI-Checkpoint";

/** How one client watches the log of its workspace. */
export class LogWitness {
  readonly #inside: Inside;
  readonly #log: LogFollower;
  #askedAt = Number.NEGATIVE_INFINITY;
  #alarm: LogTampered | null = null;

  constructor(inside: Inside, store: CheckpointStore, check: SignatureCheck, logKeys: readonly VerifierKey[]) {
    this.#inside = inside;
    this.#log = new LogFollower(inside, store, check, logKeys);
  }

  /** Throws LogTampered: then the response must not be acted on. */
  async check({ headers }: Response): Promise<void> {
    const shown = this.#alarm === null ? await this.#judge(textOf(headers.get(HEADER))) : "unknown";
    if (this.#alarm === null) {
      const isDue = this.#inside.now() - this.#askedAt >= ASK_EVERY_SECONDS;
      if (shown === "stored" || (shown === "unknown" && !isDue)) return;
    }
    this.#askedAt = this.#inside.now();
    const alarm = this.#alarm;
    try {
      await this.#log.follow();
    } catch (error) {
      this.#endWithout(error);
      return;
    }
    // What another response has found in the meantime is newer.
    if (this.#alarm === alarm) this.#alarm = null;
  }

  #endWithout(error: unknown): void {
    if (error instanceof LogTampered) this.#alarm = error;
    else if (error instanceof DaaiError) {
      const alarm = this.#alarm;
      if (alarm !== null) throw new LogTampered(alarm.reason, alarm.problem, alarm.kept, alarm.found, { cause: error });
      this.#inside.warn(`the receipt log couldn't be checked: ${error.message}`);
      return;
    }
    throw error;
  }

  async #judge(note: string | null): Promise<"stored" | "contradiction" | "unknown"> {
    const kept = await this.#log.kept();
    if (kept === null || note === null) return "unknown";
    if (note === kept.note) return "stored";
    return (await this.#contradicts(kept, note)) ? "contradiction" : "unknown";
  }

  /** Another log, or another root at the stored size: an older checkpoint can't explain it. */
  async #contradicts(kept: KeptCheckpoint, note: string): Promise<boolean> {
    const [shown, known] = [readCheckpoint(note), storedCheckpoint(kept)];
    if (shown === null) return false;
    if (shown.origin !== known.origin) return true;
    if (shown.size !== known.size || isSameBytes(shown.rootHash, known.rootHash)) return false;
    if (!(await this.#log.isSigned(note, kept))) return true;
    this.#alarm = tampered("forked", `there are two of ${known.size} receipts, both signed`, kept, note);
    throw this.#alarm;
  }
}

/** null for what isn't base64 of text. */
function textOf(header: string | null): string | null {
  const bytes = bytesOfBase64(header ?? "");
  if (bytes === null || bytes.length === 0) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
