import type { MaybePromise } from "./maybe-promise";

/** The largest checkpoint of a log that was proved to extend all earlier ones. */
export interface KeptCheckpoint {
  /** The name of the log. */
  readonly origin: string;
  readonly size: number;
  /** The signed checkpoint itself: evidence for `verifyReceipt`. */
  readonly note: string;
  /** The verifier keys that signed it. */
  readonly keys: readonly string[];
}

/**
 * What a `Witness` needs: `SQLiteCheckpointStore`, or a store of your own. Every method is one atomic step; `keep` is durable.
 *
 * `client` identifies the caller and its workspace. It is derived from the workspace key without revealing it.
 */
export interface CheckpointStore {
  /** The checkpoint of the log that `client` follows. */
  followed(client: string): MaybePromise<KeptCheckpoint | null | undefined>;
  get(origin: string): MaybePromise<KeptCheckpoint | null | undefined>;
  /**
   * Replaces `before` with `checkpoint`, and has `client` follow its log. Changes nothing and returns false if the log's checkpoint is no
   * longer `before`: `isSameCheckpoint` tells.
   */
  keep(client: string, checkpoint: KeptCheckpoint, before: KeptCheckpoint | null): MaybePromise<boolean>;
  /** Whether a person accepted this log as the successor of another. */
  isAccepted(origin: string): MaybePromise<boolean>;
}

/** Stores checkpoints in memory. They are lost with the process, and so is what they can detect. */
export class InMemoryCheckpointStore implements CheckpointStore {
  readonly #checkpoints = new Map<string, KeptCheckpoint>();
  readonly #origins = new Map<string, string>();
  readonly #accepted = new Set<string>();

  followed(client: string): KeptCheckpoint | null {
    return this.get(this.#origins.get(client) ?? "");
  }

  get(origin: string): KeptCheckpoint | null {
    return this.#checkpoints.get(origin) ?? null;
  }

  /** The checkpoint of every log. */
  entries(): KeptCheckpoint[] {
    return [...this.#checkpoints.values()];
  }

  keep(client: string, checkpoint: KeptCheckpoint, before: KeptCheckpoint | null): boolean {
    const { origin } = checkpoint;
    if (!isSameCheckpoint(this.get(origin), before)) return false;
    this.#checkpoints.set(origin, checkpoint);
    this.#origins.set(client, origin);
    return true;
  }

  /** Accepts this log as the successor of another: its operator has explained why, and you agree. */
  accept(origin: string): void {
    this.#accepted.add(origin);
  }

  isAccepted(origin: string): boolean {
    return this.#accepted.has(origin);
  }
}

/** The note says what the log was. Under the same note, other keys may be known to have signed it. */
export function isSameCheckpoint(one: KeptCheckpoint | null, other: KeptCheckpoint | null): boolean {
  return one?.note === other?.note && one?.keys.join() === other?.keys.join();
}
