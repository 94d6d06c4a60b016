import type { JsonObject } from "@/lib/domain/json-value";

const WORKSPACE = "01a1f39e-0d11-7c55-8e0a-3f6b2d914c07";
const RUN = "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae";
const PAGE = `https://console.example.com/workspaces/${WORKSPACE}/runs/${RUN}`;

/** One body of each kind, continuing the API's examples. A test checks them against the contract. */
export const WEBHOOK_EXAMPLES: Readonly<Record<string, JsonObject>> = {
  RunWebhook: {
    type: "run.decided",
    timestamp: "2026-11-19T12:03:11.482Z",
    data: {
      action_run_id: RUN,
      workspace_id: WORKSPACE,
      action: "send_invoice_reminder",
      risk_level: "medium",
      governance_status: "approved",
      governance_reason: "approved_by_human",
      execution_status: "awaiting_execution_report",
      in_doubt: false,
      proposed_at: "2026-11-19T11:58:40.117Z",
      expires_at: "2026-11-20T11:58:40.117Z",
      decided_at: "2026-11-19T12:03:11.482Z",
      decision: {
        outcome: "approved",
        reason: "approved_by_human",
        by: "marta@example.com",
        at: "2026-11-19T12:03:11.482Z",
        comment: "The customer confirmed by phone.",
      },
      approvals: { stage: 1, stages: 1, required: 2, given: 2, by: ["jo@example.com", "marta@example.com"] },
      links: { run: PAGE, status: `https://console.example.com/api/v1/sdk/action-runs/${RUN}/status` },
    },
  },
  FreezeWebhook: {
    type: "workspace.frozen",
    timestamp: "2026-11-19T12:10:31.204Z",
    data: {
      freeze_id: "01a1f3b8-20f4-7d0e-9c61-5f0a8d3b7e21",
      workspace_id: WORKSPACE,
      scope: "action",
      action: "send_invoice_reminder",
      api_key_id: null,
      reason: "Reminders are going to the wrong customers.",
      frozen_at: "2026-11-19T12:10:31.204Z",
      frozen_by: "ann@example.com",
      thawed_at: null,
      thawed_by: null,
      links: { freezes: `https://console.example.com/workspaces/${WORKSPACE}/freezes` },
    },
  },
  PolicyWebhook: {
    type: "policy.proposed",
    timestamp: "2026-11-19T12:20:07.913Z",
    data: {
      proposal_id: "01a1f3c1-0a31-7b52-8f1e-2c9d5e7a4b10",
      workspace_id: WORKSPACE,
      kind: "edit",
      status: "pending",
      action_id: "01a1f3a0-5c44-7e19-9b02-7d1f4a6c8e35",
      action: "send_invoice_reminder",
      group: null,
      comment: "Reminders below 100 EUR need nobody.",
      proposed_at: "2026-11-19T12:20:07.913Z",
      proposed_by: "ann@example.com",
      ended_at: null,
      ended_by: null,
      end_comment: null,
      links: { change: `https://console.example.com/workspaces/${WORKSPACE}/actions/send_invoice_reminder` },
    },
  },
  TestWebhook: { type: "test", timestamp: "2026-11-19T11:40:02.310Z", data: { workspace_id: WORKSPACE } },
  Notification: { text: "Approval needed: send_invoice_reminder", url: PAGE },
};
