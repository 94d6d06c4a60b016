import type { DaaiClient } from "./client";
import type { InterceptResult, WireObject } from "./models";
import type { CallOptions, Proposal } from "./options";
import { jsonObject } from "./payload";
import type { PendingStore } from "./pending-store";

/**
 * What `PendingActionManager.propose` returns. `executable` is true only if the caller should run the action now. With `storedForLater`, the
 * runner will, and `executable` is false.
 */
export interface Ticket extends InterceptResult {
  readonly action: string;
  readonly payload: WireObject;
  readonly storedForLater: boolean;
}

/** Proposes actions, and stores those that are pending approval for a `DaaiActionRunner`. */
export class PendingActionManager {
  readonly #client: DaaiClient;
  readonly #store: PendingStore;

  constructor(client: DaaiClient, pendingStore: PendingStore) {
    this.#client = client;
    this.#store = pendingStore;
  }

  /**
   * Proposes like `DaaiClient.intercept`, and stores the run if it is pending approval.
   *
   * If `executable` is true on the ticket, run the action now and report. With `storedForLater`, the runner does so after the approval, with
   * what a person may have changed. Pass an idempotency key, so that proposing again after a crash finds the same run. Throws what
   * `intercept` throws.
   */
  async propose(proposal: Omit<Proposal, "claim" | "acceptsChanges">, options: CallOptions = {}): Promise<Ticket> {
    const { action } = proposal;
    const payload = jsonObject(proposal.payload, "payload");
    // The runner executes with the payload of its claim.
    const result = await this.#client.intercept({ ...proposal, payload, acceptsChanges: true }, options);
    const { actionRunId, executable, payloadChanged } = result;
    if (result.governanceStatus === "pending_approval" || (executable && payloadChanged)) {
      await this.#store.add(actionRunId, action, payload);
    }
    const storedForLater = !!(await this.#store.get(actionRunId));
    // A stored run belongs to the runner: the caller must not run it as well.
    return { ...result, action, payload, storedForLater, executable: executable && !storedForLater };
  }
}
