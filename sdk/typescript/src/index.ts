/** Ask DAAI Console before an automation acts, and run only what was allowed or approved. */
export {
  ActionAlreadyTaken,
  ActionBlocked,
  ActionFrozen,
  ActionNotRun,
  ActionPending,
  ActionRejected,
  ApprovalTimeout,
  ExecutionNotReported,
} from "./action-errors";
export { DaaiClient } from "./client";
export type { DaaiClientOptions } from "./config";
export {
  DaaiApiError,
  DaaiConfigError,
  DaaiConflictError,
  DaaiConnectionError,
  DaaiError,
  DaaiForeignResponseError,
  DaaiMalformedResponseError,
  DaaiNotFoundError,
  DaaiPayloadError,
  DaaiQuotaError,
  DaaiRateLimitError,
  DaaiTooSoonError,
  DaaiUnauthorizedError,
  DaaiUnavailableError,
  DaaiValidationError,
  LogTampered,
  type TamperedReason,
  WebhookVerificationError,
} from "./errors";
export type {
  Claim,
  ClaimedRun,
  ClaimState,
  ExecutionReport,
  ExecutionStatus,
  GovernanceStatus,
  InterceptResult,
  RateLimit,
  Run,
  RunState,
  RunStatus,
  WireObject,
  Withdrawal,
} from "./models";
export type {
  CallOptions,
  ClaimOptions,
  ClaimRequest,
  Execution,
  ExecutionOptions,
  GovernedOptions,
  Proposal,
  ReportOptions,
  WaitOptions,
} from "./options";
export { VERSION } from "./version";
export { type VerifyWebhookOptions, verifyWebhook, type WebhookEvent } from "./webhooks";
