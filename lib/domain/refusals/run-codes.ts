import type { ErrorCodeText } from "./error-code-text";

/** What can't be proposed, claimed or reported: the run is in another state. */
export const RUN_CODES = {
  idempotency_conflict: {
    title: "Idempotency key used with a different payload",
    meaning:
      "The same action and idempotency key were sent before with a different payload. Use a new key for a new proposal, or ask_again if the earlier run was rejected, blocked or failed.",
  },
  ask_again_too_soon: {
    title: "Asked again too soon",
    meaning:
      "A person rejected or blocked this, and the action has a cool-down before it can be asked again. ask_again_at says from when. Nothing was recorded.",
  },
  report_conflict: {
    title: "Conflicting execution report",
    meaning: "This run already has a different execution report. The first report stands.",
  },
  not_reportable: {
    title: "Run not reportable",
    meaning: "Only an allowed or approved run can be reported. Read the run's status first.",
  },
  already_claimed: {
    title: "Run already claimed",
    meaning: "Another worker holds this run, or held it and did not report. Do not run it.",
  },
  not_executable: {
    title: "Run not executable",
    meaning: "The run is pending, rejected or blocked, so nothing may run. If someone or something decided, decision says who and why.",
  },
  frozen: {
    title: "Frozen",
    meaning:
      "The run's workspace, action or API key is frozen, or the whole console, so the run can't be claimed or approved. Nothing is lost: its deadlines stand still. Try again after it's thawed.",
  },
  already_frozen: {
    title: "Already frozen",
    meaning: "It's frozen already. Thaw it before you freeze it again.",
  },
  not_frozen: {
    title: "Not frozen",
    meaning: "There's nothing to thaw. Someone may have thawed it already.",
  },
  thaw_needs_another_person: {
    title: "Another person must thaw",
    meaning:
      "The workspace requires that someone else thaws what a person froze. Ask another owner or admin. Management keys can't thaw there.",
  },
  already_reported: {
    title: "Run already reported",
    meaning: "The run was already reported as executed or failed. Do not run it again.",
  },
  payload_changed: {
    title: "Payload differs from the decided one",
    meaning: "Only exactly what was decided on may run. Propose the new payload as a new run.",
  },
  changes_not_accepted: {
    title: "Changes not accepted",
    meaning:
      "The app that proposed the run didn't say that it executes with the payload of its claim (accepts_changes), so an approver can't change it. Reject it with a proposal.",
  },
  request_changed: {
    title: "Request changed meanwhile",
    meaning: "Another approver changed the request after it was shown. Read it again, and decide on what it is now.",
  },
  claim_token_mismatch: {
    title: "Claim token mismatch",
    meaning: "The run is claimed with another token. Only the holder of the claim may do this.",
  },
  not_claimed: {
    title: "Run not claimed",
    meaning: "There is no claim to renew, release or report with. Claim the run first.",
  },
} as const satisfies Record<string, ErrorCodeText>;
