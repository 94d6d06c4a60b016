"use server";

import { z } from "zod";
import { memberServerAction } from "@/lib/auth/server-action";
import { CODING_AGENTS } from "@/lib/domain/hooks/coding-agents";
import { isActionName } from "@/lib/domain/policy/action-names";
import { TOOL_POLICIES } from "@/lib/domain/runs/tool-policies";
import { actionFormSchema } from "./action-form-schema";
import { addStarterPack } from "./add-starter-pack";
import { editAction } from "./edit-action";
import { getDroppedApprovers } from "./get-dropped-approvers";
import { isNameFree } from "./is-name-free";
import { registerAction } from "./register-action";
import { restorePolicy } from "./restore-policy";
import { plainActionSchema } from "./schema";
import { setActionActive } from "./set-action-active";
import { registerToolActions } from "./tool-actions";

const name = z.string().refine(isActionName);

export const submitNewAction = memberServerAction(actionFormSchema, (ctx, { configVersion: _, comment: _comment, ...input }) =>
  registerAction(ctx, input),
);

export const submitEditedAction = memberServerAction(actionFormSchema, (ctx, { configVersion, comment, ...input }) =>
  editAction(ctx, { ...input, configVersion: configVersion ?? undefined }, { comment }),
);

export const submitRestoredPolicy = memberServerAction(
  z.strictObject({ name, version: z.int().min(1), configVersion: z.int().min(1) }),
  (ctx, input) => restorePolicy(ctx, input),
);

export const switchAction = memberServerAction(z.strictObject({ name, isActive: z.boolean() }), (ctx, input) =>
  setActionActive(ctx, input),
);

/** Registers the actions of a coding agent with sensible rules. */
export const submitStarterPack = memberServerAction(z.strictObject({ agent: z.enum(CODING_AGENTS) }), addStarterPack);

/** Registers the actions of an MCP server's tools. */
export const submitToolActions = memberServerAction(
  z.strictObject({ runId: z.uuid(), policies: z.record(name, z.enum(TOOL_POLICIES)) }),
  registerToolActions,
);

/** Shows, before an edit is saved, whose pending requests it ends. */
export const lookAtDroppedApprovers = memberServerAction(
  plainActionSchema.pick({
    name: true,
    approverEmails: true,
    approverGroup: true,
    laterStages: true,
    ruleApprovers: true,
    escalationEmails: true,
  }),
  getDroppedApprovers,
);

/** Checks whether a name is available while it is typed. */
export const checkActionName = memberServerAction(z.strictObject({ name }), async (ctx, input) => ({
  ok: true,
  isFree: await isNameFree(ctx, input.name),
}));
