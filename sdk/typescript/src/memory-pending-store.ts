import type { WireObject } from "./models";
import {
  hideSecrets,
  type Outcome,
  type PendingAction,
  type PendingState,
  type PendingStore,
  type StoredClaimRequest,
} from "./pending-store";

const NEW = { state: "pending", claimToken: null, leaseUntil: null, outcome: null, note: null, claimRequest: null } as const;

/** Stores pending actions in memory, for tests and trials. They are lost with the process. */
export class InMemoryPendingStore implements PendingStore {
  readonly #rows = new Map<string, PendingAction>();

  add(actionRunId: string, action: string, payload: WireObject): void {
    if (!this.#rows.has(actionRunId)) this.#rows.set(actionRunId, { ...NEW, actionRunId, action, payload });
  }

  get(actionRunId: string): PendingAction | null {
    const row = this.#rows.get(actionRunId);
    return row ? hideSecrets(row) : null;
  }

  entries(): PendingAction[] {
    return [...this.#rows.values()].map(hideSecrets);
  }

  storeClaimRequest(actionRunId: string, request: StoredClaimRequest): StoredClaimRequest | null {
    const row = this.#rows.get(actionRunId);
    if (row?.state !== "pending") return null;
    const claimRequest = row.claimRequest ?? request;
    this.#rows.set(actionRunId, { ...row, claimRequest });
    return claimRequest;
  }

  deleteClaimRequest(actionRunId: string, { worker, token }: StoredClaimRequest): boolean {
    const known = this.#rows.get(actionRunId)?.claimRequest;
    return known?.worker === worker && known.token === token && this.#change(actionRunId, ["pending"], { claimRequest: null });
  }

  markClaimed(actionRunId: string, claimToken: string, leaseUntil: number): boolean {
    return this.#change(actionRunId, ["pending"], { state: "claimed", claimToken, leaseUntil, note: null });
  }

  extendLease(actionRunId: string, claimToken: string, leaseUntil: number): boolean {
    return this.#change(actionRunId, ["claimed"], { leaseUntil }, claimToken);
  }

  recordOutcome(actionRunId: string, claimToken: string, outcome: Outcome): boolean {
    return this.#change(actionRunId, ["claimed", "in_doubt"], { state: "unreported", outcome, note: null }, claimToken);
  }

  markInDoubt(actionRunId: string, claimToken: string, note: string): boolean {
    return this.#change(actionRunId, ["claimed", "unreported"], { state: "in_doubt", note }, claimToken);
  }

  reopen(actionRunId: string): boolean {
    return this.#change(actionRunId, ["in_doubt"], NEW);
  }

  remove(actionRunId: string): boolean {
    return this.#rows.delete(actionRunId);
  }

  #change(actionRunId: string, from: readonly PendingState[], changes: Partial<PendingAction>, claimToken?: string): boolean {
    const row = this.#rows.get(actionRunId);
    if (!row || !from.includes(row.state) || (claimToken !== undefined && row.claimToken !== claimToken)) return false;
    this.#rows.set(actionRunId, { ...row, ...changes });
    return true;
  }
}
