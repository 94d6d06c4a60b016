/** Stores the actions that are pending approval, and runs them once they are approved. */
export { type ActionRunnerOptions, DaaiActionRunner, type RunForeverOptions } from "./action-runner";
export { InMemoryPendingStore } from "./memory-pending-store";
export { PendingActionManager, type Ticket } from "./pending-manager";
export type { Outcome, PendingAction, PendingState, PendingStore, StoredClaimRequest } from "./pending-store";
export type { RunnerEvent, RunnerEventKind } from "./runner-events";
export type { Executor } from "./runner-steps";
export { SQLitePendingStore } from "./sqlite-pending-store";
