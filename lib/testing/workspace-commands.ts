import { exportRuns } from "@/lib/action-runs/list/export-runs";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { exportReceipts } from "@/lib/receipts/document/export-receipts";
import { restartLog } from "@/lib/receipts/log/restart-log";
import { eraseOldData } from "@/lib/retention/erase-old-data";
import { setDataRetention } from "@/lib/retention/set-data-retention";
import { createWorkspace } from "@/lib/workspaces/create-workspace";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { renameWorkspace } from "@/lib/workspaces/rename-workspace";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { setCheckpointEmails } from "@/lib/workspaces/set-checkpoint-emails";
import { ageRuns, expectOk, makePerson, makeRun, makeWorkspace, type TestWorkspace } from "./factories";

let made = 0;
const name = () => `audited_${++made}`;
const operator = operatorContext(null, "root@example.com");

/** What is done to workspaces and their exports: each ready to go, with who does it and what of it is written down. */
export function workspaceCommands(workspaceOf: () => TestWorkspace) {
  return [
    [
      "workspace.created",
      "operator",
      () =>
        Promise.resolve({
          run: () => createWorkspace(operator, { ownerEmail: workspaceOf().ownerEmail, name: "Next", clientName: "Client" }),
          data: { name: "Next", client_name: "Client" },
        }),
    ],
    [
      "workspace.renamed",
      "user",
      async () => {
        const { ctx } = await makePerson(workspaceOf(), "admin");
        return { run: () => renameWorkspace(ctx, { name: name(), clientName: "Client" }), subjectId: workspaceOf().workspaceId };
      },
    ],
    [
      "workspace.routing_changed",
      "user",
      async () => {
        const other = await makeWorkspace();
        const { ctx } = await makePerson(other, "admin");
        const routing = { approverEmails: [`${name()}@example.com`], approvalWindowMinutes: null };
        return {
          run: () => setApprovalRouting(ctx, routing),
          subjectId: other.workspaceId,
          data: { after: { approver_emails: routing.approverEmails } },
        };
      },
    ],
    [
      "workspace.deleted",
      "operator",
      async () => {
        const { workspaceId, ctx } = await makeWorkspace();
        return {
          run: () => deleteWorkspace(ctx, { name: "Test workspace" }),
          subjectId: workspaceId,
          data: { name: "Test workspace", runs_waiting: 0 },
        };
      },
    ],
    [
      "workspace.data_retention_changed",
      "user",
      async () => {
        const { ctx } = await makePerson(workspaceOf(), "owner");
        const keptDays = ++made;
        return {
          run: () => setDataRetention(ctx, { keptDays }),
          subjectId: workspaceOf().workspaceId,
          data: { before: { data_kept_days: null }, after: { data_kept_days: keptDays } },
        };
      },
    ],
    [
      "workspace.old_data_erased",
      "system",
      async () => {
        const workspace = await makeWorkspace();
        const { ctx } = await makePerson(workspace, "owner");
        await ageRuns(3, await makeRun(workspace, "always_allow"));
        expectOk(await setDataRetention(ctx, { keptDays: 2 }));
        return { run: () => eraseOldData(systemContext(null)), subjectId: workspace.workspaceId, data: { runs: 1, days: 2 } };
      },
    ],
    [
      "workspace.checkpoint_mail_changed",
      "user",
      async () => {
        const { ctx } = await makePerson(workspaceOf(), "owner");
        const emails = [`${name()}@example.com`];
        return {
          run: () => setCheckpointEmails(ctx, emails),
          subjectId: workspaceOf().workspaceId,
          data: { before: { checkpoint_emails: [] }, after: { checkpoint_emails: emails } },
        };
      },
    ],
    [
      "workspace.log_restarted",
      "operator",
      () =>
        Promise.resolve({
          run: () =>
            restartLog(operatorContext(workspaceOf().workspaceId, "root@example.com"), new Date(Date.UTC(2026, 10, 25, 3, 0, ++made))),
          subjectId: workspaceOf().workspaceId,
          data: { earlier_size: 0 },
        }),
    ],
    [
      "workspace.receipts_exported",
      "user",
      async () => {
        const { ctx } = await makePerson(workspaceOf(), "viewer");
        return {
          run: () => exportReceipts(ctx, { kinds: ["decision"] }, "json"),
          subjectId: workspaceOf().workspaceId,
          data: { format: "json", search: "kind=decision" },
        };
      },
    ],
    [
      "workspace.runs_exported",
      "user",
      async () => {
        const { ctx } = await makePerson(workspaceOf(), "viewer");
        return {
          run: () => exportRuns(ctx, parseRunSearch({ q: "note" }), { format: "csv", ids: [] }),
          subjectId: workspaceOf().workspaceId,
          data: { format: "csv", search: "q=note", selected: 0 },
        };
      },
    ],
  ] as const;
}
