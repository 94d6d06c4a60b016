"use server";

import { memberServerAction, userServerAction } from "@/lib/auth/server-action";
import { createWorkspace } from "./create-workspace";
import { deleteWorkspace } from "./delete-workspace";
import { getApproversDroppedByRouting } from "./get-approvers-dropped-by-routing";
import { renameWorkspace } from "./rename-workspace";
import { checkpointMailFormSchema, routingFormSchema, workspaceDeletionSchema, workspaceNamesSchema } from "./schema";
import { setApprovalRouting } from "./set-approval-routing";
import { setCheckpointEmails } from "./set-checkpoint-emails";

/** Only this response contains the keys. */
export const createMyWorkspace = userServerAction(workspaceNamesSchema, (ctx, names) =>
  createWorkspace(ctx, { ...names, ownerEmail: ctx.actor.email }),
);

export const saveNames = memberServerAction(workspaceNamesSchema, (ctx, names) => renameWorkspace(ctx, names));

export const saveRouting = memberServerAction(routingFormSchema, (ctx, { approvers, escalation, ...rest }) =>
  setApprovalRouting(ctx, {
    ...rest,
    approverEmails: approvers.map(({ email }) => email),
    escalationEmails: escalation.map(({ email }) => email),
  }),
);

/** Shows, before the routing is saved, whose pending requests it ends. */
export const lookAtDroppedByRouting = memberServerAction(routingFormSchema.pick({ approvers: true, escalation: true }), (ctx, lists) =>
  getApproversDroppedByRouting(ctx, {
    approverEmails: lists.approvers.map(({ email }) => email),
    escalationEmails: lists.escalation.map(({ email }) => email),
  }),
);

export const saveCheckpointMail = memberServerAction(checkpointMailFormSchema, (ctx, { checkpointReceivers }) =>
  setCheckpointEmails(
    ctx,
    checkpointReceivers.map(({ email }) => email),
  ),
);

export const removeWorkspace = memberServerAction(workspaceDeletionSchema, (ctx, typed) => deleteWorkspace(ctx, typed));
