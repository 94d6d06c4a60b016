import type { ApiExample } from "./api-example";
import { MANAGE_EXAMPLES } from "./manage-examples";

const RUN = "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae";
const CLAIM = { token: "clm_5nZ8vQ2kT7", expires_at: "2026-11-19T12:04:11.482Z" };

const RECEIPT = {
  id: "01a1f3b0-1c40-7a11-9d52-6b1f0c8a2e77",
  outcome: "approved",
  reason: "approved_by_human",
  policy_type: "require_approval_above_amount",
  policy_version: 4,
  policy_snapshot: {
    type: "require_approval_above_amount",
    threshold: "500",
    currency: null,
    amount_field: "amount",
    currency_field: "currency",
  },
  policy_rule: null,
  budget: null,
  grant: null,
  created_at: "2026-11-19T12:03:11.482Z",
  decided_by: "marta@example.com",
  channel: "decision_link",
  comment: "The customer confirmed by phone.",
};

const DECISION = {
  outcome: "approved",
  reason: "approved_by_human",
  by: "marta@example.com",
  at: "2026-11-19T12:03:11.482Z",
  comment: "The customer confirmed by phone.",
};

const PAYLOAD_HASH = "4b1f6a2c9d0e83754c1ad9a0e6cf1f9b2d87c3e55a10f4b6d2e7c8a9b0f1e2d3";
const PAYLOAD = { invoice_id: "INV-1025", amount: "1250.00", currency: "EUR", to: "accounts@example.com" };

/** One request and one response per operation, in one story. A test checks them against the contract. */
export const API_EXAMPLES: Readonly<Record<string, ApiExample>> = {
  intercept: {
    request: {
      action: "send_invoice_reminder",
      payload: PAYLOAD,
      idempotency_key: "invoice-reminder:INV-1025",
      actor: "finance_agent",
      reasoning: "The invoice is 14 days overdue.",
    },
    answer: {
      action_run_id: RUN,
      action: "send_invoice_reminder",
      idempotency_key: "invoice-reminder:INV-1025",
      payload_hash: PAYLOAD_HASH,
      governance_status: "pending_approval",
      execution_status: "not_executed",
      governance_reason: "policy_amount_above_threshold",
      policy_rule: null,
      budget: null,
      grant: null,
      executable: false,
      idempotent_replay: false,
      previous_run_id: null,
      ask_again_at: null,
      receipt: null,
      decision: null,
      claim: null,
      links: { run: `https://console.example.com/runs/${RUN}`, receipt: null },
    },
  },
  getRunStatus: {
    answer: {
      action_run_id: RUN,
      action: "send_invoice_reminder",
      governance_status: "approved",
      execution_status: "awaiting_execution_report",
      governance_reason: "approved_by_human",
      policy_rule: null,
      budget: null,
      grant: null,
      executable: true,
      receipt: RECEIPT,
      previous_run_id: null,
      ask_again_at: null,
      created_at: "2026-11-19T12:02:11.482Z",
      decided_at: "2026-11-19T12:03:11.482Z",
      decided_by: "marta@example.com",
      comment: "The customer confirmed by phone.",
      decision: DECISION,
      expires_at: "2026-11-20T12:02:11.482Z",
      claimed: false,
      approval_valid_until: "2026-11-20T12:03:11.482Z",
      claim_expires_at: null,
    },
  },
  claimRun: {
    request: { worker: "billing-1", lease_seconds: 60 },
    answer: {
      action_run_id: RUN,
      action: "send_invoice_reminder",
      payload: PAYLOAD,
      payload_hash: PAYLOAD_HASH,
      policy_version: 4,
      claim: CLAIM,
    },
  },
  renewClaim: {
    request: { claim_token: CLAIM.token, lease_seconds: 60 },
    answer: { action_run_id: RUN, claim: { ...CLAIM, expires_at: "2026-11-19T12:05:02.007Z" } },
  },
  releaseClaim: { request: { claim_token: CLAIM.token }, answer: { action_run_id: RUN, claim: null } },
  withdrawRun: {
    request: { reason: "The invoice was paid by hand." },
    answer: {
      action_run_id: RUN,
      governance_status: "rejected",
      execution_status: "not_executed",
      governance_reason: "withdrawn",
      withdrawn_at: "2026-11-19T12:02:58.310Z",
      reason: "The invoice was paid by hand.",
      idempotent_replay: false,
    },
  },
  answerClaudeCodeHook: {
    request: {
      session_id: "00893aaf-19fa-41d2-8238-13269b9b3ca0",
      hook_event_name: "PreToolUse",
      cwd: "/home/ada/shop",
      permission_mode: "default",
      tool_name: "Bash",
      tool_use_id: "toolu_01ABC123",
      tool_input: { command: "rm -rf build", description: "Remove the build folder" },
    },
    answer: {
      hookSpecificOutput: {
        hookEventName: "PreToolUse",
        permissionDecision: "deny",
        permissionDecisionReason: 'Rejected by ann@example.com (rejected_by_approver). Their reason: "The build folder is shared."',
      },
    },
  },
  answerCodexHook: {
    request: {
      session_id: "019a8c1e-7d2f-7a10-9b1e-2f6d1c0a4e55",
      hook_event_name: "PreToolUse",
      cwd: "/home/ada/shop",
      tool_name: "Bash",
      tool_use_id: "call_a1",
      tool_input: { command: "npm test" },
    },
    answer: {},
  },
  reportExecuted: {
    request: { execution_result: { mail: "queued" }, claim_token: CLAIM.token },
    answer: {
      action_run_id: RUN,
      execution_status: "executed",
      execution_error: null,
      execution_reported_at: "2026-11-19T12:03:14.020Z",
      idempotent_replay: false,
    },
  },
  reportFailed: {
    request: { execution_error: "The mail server refused the recipient.", claim_token: CLAIM.token },
    answer: {
      action_run_id: RUN,
      execution_status: "failed",
      execution_error: "The mail server refused the recipient.",
      execution_reported_at: "2026-11-19T12:03:14.020Z",
      idempotent_replay: false,
    },
  },
  getDecision: {
    answer: {
      action_run_id: RUN,
      workspace: { name: "Finance automations", client_name: "Halvorsen Logistics" },
      action: {
        name: "send_invoice_reminder",
        title: "Send invoice reminder",
        description: "",
        risk_level: "medium",
        requires_reject_comment: false,
      },
      actor: "finance_agent",
      sentence: "send a reminder for 1,250.00 EUR to accounts@example.com",
      amount: { decimal: "1250.00", currency: "EUR" },
      recipient: "accounts@example.com",
      reasoning: "The invoice is 14 days overdue.",
      source: null,
      payload: PAYLOAD,
      policy: {
        type: "require_approval_above_amount",
        version: 4,
        reason: "policy_amount_above_threshold",
        rule: null,
        explanation: "1,250.00 is above the threshold of 500.00, so a person decides.",
        fields: [{ name: "amount", value: "1250.00" }],
      },
      approver: "marta@example.com",
      may_approve: true,
      asked: ["marta@example.com"],
      previous: null,
      created_at: "2026-11-19T12:02:11.482Z",
      expires_at: "2026-11-20T12:02:11.482Z",
    },
  },
  decide: {
    request: { decision: "approve", confirm: true, comment: "The customer confirmed by phone." },
    answer: {
      action_run_id: RUN,
      governance_status: "approved",
      execution_status: "awaiting_execution_report",
      governance_reason: "approved_by_human",
      decided_at: "2026-11-19T12:03:11.482Z",
      decided_by: "marta@example.com",
      comment: "The customer confirmed by phone.",
    },
  },
  revokeApproval: {
    request: { confirm: true, comment: "The customer paid meanwhile." },
    answer: {
      action_run_id: RUN,
      governance_status: "rejected",
      execution_status: "not_executed",
      governance_reason: "approval_revoked",
      revoked_at: "2026-11-19T12:03:40.106Z",
      revoked_by: "marta@example.com",
      comment: "The customer paid meanwhile.",
    },
  },
  getLogCheckpoint: {
    answer: {
      checkpoint:
        "console.example.com/receipts/019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b\n1025\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— daai-console/4f1c2d3e5a6b7c8d mjtcfQ…\n",
      size: 1025,
      consistency_proof: ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"],
    },
  },
  getLogKeys: {
    answer: {
      keys: [
        {
          verifier_key: "daai-console/4f1c2d3e5a6b7c8d+9a3b5c7d+AVh0Y3lXbUx4dVd2b3dRY2ZsZ0dCd3h0aEpkR0F4c1E=",
          name: "daai-console/4f1c2d3e5a6b7c8d",
          key_hash: "9a3b5c7d",
          signs: true,
        },
      ],
    },
  },
  ...MANAGE_EXAMPLES,
  getHealth: { answer: { status: "ok" } },
  getReadiness: {
    answer: {
      status: "ready",
      checks: {
        database: { status: "ok", detail: null },
        migrations: { status: "ok", detail: null },
        connections: { status: "ok", detail: null },
        worker: { status: "ok", detail: null },
        receipts: { status: "ok", detail: null },
        proxy: { status: "ok", detail: null },
      },
    },
  },
  getOpenApi: { answer: { openapi: "3.1.0", info: { title: "DAAI Console governance API", version: "1" }, paths: {} } },
};
