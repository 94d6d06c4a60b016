/** Test an agent without a console: `FakeDaai` decides in memory as a console does, and people do as told. */
export type { Budget } from "./fake-budgets";
export { type Duration, FakeClock } from "./fake-clock";
export { FakeDaai, type FakeDaaiOptions } from "./fake-daai";
export type { FreezeOptions } from "./fake-freezes";
export type { FakeGrant, Grant } from "./fake-grants";
export { approveAll, block, type Decision, nobody, type Person, type PersonOptions, reject, type TheirRequests } from "./fake-people";
export { type ActionSettings, type ApprovalStage, type Effect, type FixedPolicy, type Policy, requireApprovalAbove } from "./fake-policies";
export type { FakeApproval, FakeRun } from "./fake-run";
