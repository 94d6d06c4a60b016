import { ofClaim } from "./binding";
import { callConsole, runPath } from "./calls";
import type { DaaiClient } from "./client";
import { DaaiConflictError } from "./errors";
import type { Inside } from "./inside";
import type { ClaimedRun, RunStatus } from "./models";
import { randomToken } from "./payload-hash";
import type { PendingAction, PendingStore, StoredClaimRequest } from "./pending-store";
import { claimBody } from "./proposal";

/** How a runner claims a stored action, so that no other runner on its store or console has it as well. */
export class Claiming {
  readonly #client: DaaiClient;
  readonly #inside: Inside;
  readonly #store: PendingStore;
  readonly #worker: string;
  readonly #leaseSeconds: number;
  readonly #clock: () => number;

  constructor(client: DaaiClient, inside: Inside, store: PendingStore, worker: string, leaseSeconds: number, clock: () => number) {
    this.#client = client;
    this.#inside = inside;
    this.#store = store;
    this.#worker = worker;
    this.#leaseSeconds = leaseSeconds;
    this.#clock = clock;
  }

  /**
   * Claims the run and persists that. null if another has it, or it may not run. `status` is what the console says: not executable also for a
   * run whose claim this runner holds. A claim that doesn't give what a person changed is released.
   */
  async claim(row: PendingAction, status: RunStatus): Promise<ClaimedRun | null> {
    const { actionRunId, claimRequest } = row;
    if (claimRequest && !this.#mayClaimWith(claimRequest)) return null;
    // With a request, this runner may hold the claim: the response to an earlier pass may have been lost.
    if (!status.executable && !claimRequest) return null;
    const claimed = await this.#ask(actionRunId);
    if (claimed === null) return null;
    const { token } = claimed.claim;
    const fits = claimed.action === row.action && (claimed.payloadChanged || !status.payloadChanged);
    if (!fits) this.#inside.warn(`the claim on run ${actionRunId} isn't of what was decided on`);
    if (fits && (await this.#store.markClaimed(actionRunId, token, this.#clock() + this.#leaseSeconds))) return claimed;
    // Unless another runner on the store got the same claim first.
    if ((await this.#store.get(actionRunId))?.claimToken !== token) await this.#release(actionRunId, token);
    return null;
  }

  async #ask(runId: string): Promise<ClaimedRun | null> {
    const own: StoredClaimRequest = { worker: this.#worker, token: randomToken(), askedAt: this.#clock() };
    const stored = await this.#store.storeClaimRequest(runId, own);
    if (!stored || !this.#mayClaimWith(stored)) return null;
    const { worker, token } = stored;
    const body = { ...claimBody({ worker, leaseSeconds: this.#leaseSeconds }), token };
    try {
      // Unlike a client's claim, this one is never released after a lost response: another runner may hold it by the same token.
      return await callConsole(this.#inside, { path: runPath(runId, "claim"), body, build: ofClaim(runId, undefined, false) });
    } catch (error) {
      if (!(error instanceof DaaiConflictError)) throw error;
      // Claimed by another worker, or deactivated or frozen meanwhile: the next status will show it.
      await this.#store.deleteClaimRequest(runId, stored);
      return null;
    }
  }

  /** Another runner's request is its own, unless no claim was stored for a whole lease: it is dead. */
  #mayClaimWith({ worker, askedAt }: StoredClaimRequest): boolean {
    return worker === this.#worker || askedAt + this.#leaseSeconds < this.#clock();
  }

  async #release(runId: string, token: string): Promise<void> {
    await this.#client
      .releaseClaim(runId, token)
      .catch((problem: unknown) => this.#inside.warn(`the claim on run ${runId} couldn't be released: ${String(problem)}`));
  }
}
