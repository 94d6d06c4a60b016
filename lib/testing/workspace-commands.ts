import { exportRuns } from "@/lib/action-runs/list/export-runs";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { createApiKey } from "@/lib/api-keys/create-api-key";
import { revokeApiKey } from "@/lib/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/api-keys/rotate-api-key";
import { operatorContext, systemContext } from "@/lib/auth/contexts";
import { createBudget } from "@/lib/budgets/create-budget";
import { deleteBudget } from "@/lib/budgets/delete-budget";
import { editBudget } from "@/lib/budgets/edit-budget";
import { newBudgetSchema } from "@/lib/budgets/schema";
import type { ManagedBy } from "@/lib/contract/manage-actions";
import { createGroup } from "@/lib/groups/create-group";
import { deleteGroup } from "@/lib/groups/delete-group";
import { editGroup } from "@/lib/groups/edit-group";
import { createManagementKey } from "@/lib/management-keys/create-management-key";
import { revokeManagementKey } from "@/lib/management-keys/revoke-management-key";
import { exportReceipts } from "@/lib/receipts/document/export-receipts";
import { restartLog } from "@/lib/receipts/log/restart-log";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { recordManagedBy } from "@/lib/registered-actions/record-managed-by";
import { registerAction } from "@/lib/registered-actions/register-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { eraseOldData } from "@/lib/retention/erase-old-data";
import { setDataRetention } from "@/lib/retention/set-data-retention";
import { createWorkspace } from "@/lib/workspaces/create-workspace";
import { deleteWorkspace } from "@/lib/workspaces/delete-workspace";
import { renameWorkspace } from "@/lib/workspaces/rename-workspace";
import { setApprovalRouting } from "@/lib/workspaces/set-approval-routing";
import { setCheckpointEmails } from "@/lib/workspaces/set-checkpoint-emails";
import { makeBudget, typedBudget } from "./budgets";
import { ageRuns, expectOk, makeAction, makePerson, makeRun, makeWorkspace, type TestWorkspace } from "./factories";
import { proposalCommands } from "./proposal-commands";
import { shadowCommands } from "./shadow-commands";

let made = 0;
const name = () => `audited_${++made}`;
const operator = operatorContext(null, "root@example.com");
const action = async (workspace: TestWorkspace) => {
  const registered = { name: `named_${++made}`, title: "Named", policy: { type: "always_allow" as const } };
  return { ...registered, id: await makeAction(workspace, registered) };
};
const grouped = async (workspace: TestWorkspace) => {
  const group = { name: name(), members: [workspace.ownerEmail] };
  return { workspace, id: expectOk(await createGroup(workspace.ctx, group)).id, group };
};
const key = (workspace: TestWorkspace) => createApiKey(workspace.ctx, { kind: "api", name: "spare" });
const managementKey = async (workspace: TestWorkspace) =>
  expectOk(await createManagementKey(workspace.ctx, { name: "spare", scopes: ["actions:read"] }));
const MANAGED_BY = { file: "policies/named.yaml", commit: "0123456789abcdef0123456789abcdef01234567" };
const manage = async ({ ctx }: TestWorkspace, called: string, managedBy: ManagedBy | null) => {
  const found = await getAction(ctx, called);
  if (!found) throw new Error(`${called} isn't registered.`);
  return recordManagedBy(ctx, { settings: settingsOf(found), managedBy });
};

/** What is done to workspaces, their keys, actions and exports: each ready to go, with who does it and what of it is written down. */
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
      "group.created",
      "user",
      async () => {
        const { ctx, email } = await makePerson(workspaceOf(), "admin");
        const group = { name: name(), members: [email] };
        return { run: () => createGroup(ctx, group), data: group };
      },
    ],
    [
      "group.edited",
      "operator",
      async () => {
        const { workspace, id, group } = await grouped(workspaceOf());
        const edit = { name: name(), members: group.members };
        return { run: () => editGroup(workspace.ctx, { id, ...edit }), subjectId: id, data: { before: group, after: edit } };
      },
    ],
    [
      "group.deleted",
      "operator",
      async () => {
        const { workspace, id, group } = await grouped(workspaceOf());
        return { run: () => deleteGroup(workspace.ctx, id), subjectId: id, data: { name: group.name } };
      },
    ],
    // In workspaces of their own, whose runs nothing else needs.
    [
      "budget.created",
      "user",
      async () => {
        const { ctx } = await makePerson(await makeWorkspace(), "admin");
        const budget = newBudgetSchema.parse({ ...typedBudget(), name: name() });
        return { run: () => createBudget(ctx, budget), data: { name: budget.name, limit: "2000", period: "month" } };
      },
    ],
    [
      "budget.edited",
      "operator",
      async () => {
        const other = await makeWorkspace();
        const [id, called] = [await makeBudget(other, { name: name() }), name()];
        const edited = { id, name: called, countsAllActions: true, actions: [], limit: "3000", whenExceeded: "block" as const };
        return { run: () => editBudget(other.ctx, edited), subjectId: id, data: { name: called } };
      },
    ],
    [
      "budget.deleted",
      "user",
      async () => {
        const other = await makeWorkspace();
        const [{ ctx }, called] = [await makePerson(other, "owner"), name()];
        const id = await makeBudget(other, { name: called });
        return { run: () => deleteBudget(ctx, id), subjectId: id, data: { name: called } };
      },
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
    ...proposalCommands(),
    ...shadowCommands(),
    [
      "api_key.created",
      "operator",
      () =>
        Promise.resolve({ run: () => createApiKey(workspaceOf().ctx, { kind: "api", name: "new" }), data: { kind: "api", name: "new" } }),
    ],
    [
      "api_key.revoked",
      "operator",
      async () => {
        const { id } = await key(workspaceOf());
        return { run: () => revokeApiKey(workspaceOf().ctx, id), subjectId: id };
      },
    ],
    [
      "api_key.rotated",
      "operator",
      async () => {
        const { id } = await key(workspaceOf());
        return { run: () => rotateApiKey(workspaceOf().ctx, { id, overlapMinutes: 5 }), subjectId: id };
      },
    ],
    [
      "management_key.created",
      "operator",
      () =>
        Promise.resolve({
          run: () => createManagementKey(workspaceOf().ctx, { name: "new", scopes: ["actions:write", "actions:read"] }),
          data: { name: "new", scopes: ["actions:read", "actions:write"] },
        }),
    ],
    [
      "management_key.revoked",
      "operator",
      async () => {
        const { id } = await managementKey(workspaceOf());
        return { run: () => revokeManagementKey(workspaceOf().ctx, id), subjectId: id, data: { name: "spare" } };
      },
    ],
    [
      "action.managed",
      "operator",
      async () => {
        const { id, name: called } = await action(workspaceOf());
        return { run: () => manage(workspaceOf(), called, MANAGED_BY), subjectId: id, data: { name: called, ...MANAGED_BY } };
      },
    ],
    [
      "action.released",
      "operator",
      async () => {
        const { id, name: called } = await action(workspaceOf());
        await manage(workspaceOf(), called, MANAGED_BY);
        return { run: () => manage(workspaceOf(), called, null), subjectId: id, data: { name: called, file: MANAGED_BY.file } };
      },
    ],
    [
      "action.registered",
      "operator",
      () => Promise.resolve({ run: () => registerAction(workspaceOf().ctx, { name: name(), title: "T", policy: { type: "log_only" } }) }),
    ],
    [
      "action.edited",
      "operator",
      async () => {
        const { id, ...registered } = await action(workspaceOf());
        return {
          run: () => editAction(workspaceOf().ctx, { ...registered, policy: { type: "log_only" } }),
          subjectId: id,
          data: { policy_version: 2 },
        };
      },
    ],
    [
      "action.deactivated",
      "operator",
      async () => {
        const { id, name } = await action(workspaceOf());
        return { run: () => setActionActive(workspaceOf().ctx, { name, isActive: false }), subjectId: id };
      },
    ],
    [
      "action.activated",
      "operator",
      async () => {
        const { id, name } = await action(workspaceOf());
        await setActionActive(workspaceOf().ctx, { name, isActive: false });
        return { run: () => setActionActive(workspaceOf().ctx, { name, isActive: true }), subjectId: id };
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
