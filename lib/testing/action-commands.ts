import { createBudget } from "@/lib/budgets/create-budget";
import { deleteBudget } from "@/lib/budgets/delete-budget";
import { editBudget } from "@/lib/budgets/edit-budget";
import { newBudgetSchema } from "@/lib/budgets/schema";
import type { ManagedBy } from "@/lib/contract/manage-actions";
import { createGroup } from "@/lib/groups/create-group";
import { deleteGroup } from "@/lib/groups/delete-group";
import { editGroup } from "@/lib/groups/edit-group";
import { editAction } from "@/lib/registered-actions/edit-action";
import { getAction } from "@/lib/registered-actions/list-actions";
import { recordManagedBy } from "@/lib/registered-actions/record-managed-by";
import { registerAction } from "@/lib/registered-actions/register-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { settingsOf } from "@/lib/registered-actions/settings-of";
import { makeBudget, typedBudget } from "./budgets";
import { expectOk, makeAction, makePerson, makeWorkspace, type TestWorkspace } from "./factories";
import { proposalCommands } from "./proposal-commands";
import { shadowCommands } from "./shadow-commands";

let made = 0;
const name = () => `audited_${++made}`;
const action = async (workspace: TestWorkspace) => {
  const registered = { name: `named_${++made}`, title: "Named", policy: { type: "always_allow" as const } };
  return { ...registered, id: await makeAction(workspace, registered) };
};
const grouped = async (workspace: TestWorkspace) => {
  const group = { name: name(), members: [workspace.ownerEmail] };
  return { workspace, id: expectOk(await createGroup(workspace.ctx, group)).id, group };
};
const MANAGED_BY = { file: "policies/named.yaml", commit: "0123456789abcdef0123456789abcdef01234567" };
const manage = async ({ ctx }: TestWorkspace, called: string, managedBy: ManagedBy | null) => {
  const found = await getAction(ctx, called);
  if (!found) throw new Error(`${called} isn't registered.`);
  return recordManagedBy(ctx, { settings: settingsOf(found), managedBy });
};

/** What is done to actions and their policies, to groups and budgets: each ready to go, with who does it and what of it is written down. */
export function actionCommands(workspaceOf: () => TestWorkspace) {
  return [
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
    ...proposalCommands(),
    ...shadowCommands(),
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
  ] as const;
}
