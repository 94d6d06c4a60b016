import { z } from "zod";
import { jsonObjectSchema, jsonValueSchema, textOf } from "./fields";
import { statusQuerySchema } from "./status";

const NAME_MAX_LENGTH = 200;
const FOLDER_MAX_LENGTH = 4096;

const eventSchema = textOf(1, NAME_MAX_LENGTH, "The event: PreToolUse, PostToolUse or PostToolUseFailure. Others get an empty response.");

/** What a coding agent sends to a hook. Agents add fields in any version, so unknown ones are let through and ignored. */
export const hookRequestSchema = z
  .looseObject({
    hook_event_name: eventSchema,
    session_id: textOf(1, NAME_MAX_LENGTH, "The agent's session.").nullish(),
    cwd: textOf(0, FOLDER_MAX_LENGTH, "The folder that the agent works in.").nullish(),
    permission_mode: textOf(0, NAME_MAX_LENGTH, "How the agent asks for permission.").nullish(),
    tool_name: textOf(1, NAME_MAX_LENGTH, "The tool that is called.").nullish(),
    tool_use_id: textOf(1, NAME_MAX_LENGTH, "Which call of the session.").nullish(),
    tool_input: jsonObjectSchema.nullish().meta({ description: "What the tool is called with." }),
    tool_response: jsonValueSchema.optional().meta({ description: "What the tool returned." }),
    error: z.string().nullish().meta({ description: "Why the tool failed." }),
  })
  .meta({ id: "HookRequest" });
export type HookRequest = z.infer<typeof hookRequestSchema>;

export const HOOK_WAIT_DEFAULT_SECONDS = 45;

/** Codex knows no other decision than deny. */
export const codexHookQuerySchema = statusQuerySchema;

export const claudeCodeHookQuerySchema = statusQuerySchema.extend({
  allowed: z
    .enum(["allow", "ask"], { error: "must be allow or ask" })
    .optional()
    .meta({ description: "ask: the person at the terminal confirms what the policy allowed. Default: allow." }),
  pending: z.enum(["deny", "defer"], { error: "must be deny or defer" }).optional().meta({
    description:
      "defer: a headless session ends at the call and can be resumed. Only in the permission mode dontAsk, because Claude Code ignores it for parallel calls. Default: deny.",
  }),
});
export type HookOptions = z.infer<typeof claudeCodeHookQuerySchema>;

export const hookResponseSchema = z
  .object({
    hookSpecificOutput: z
      .object({
        hookEventName: z.literal("PreToolUse"),
        permissionDecision: z.enum(["allow", "deny", "ask", "defer"]),
        permissionDecisionReason: z.string().meta({ description: "Why. The agent's model reads it." }),
      })
      .optional()
      .meta({ description: "The decision about a call. Without one, Codex runs it." }),
    systemMessage: z.string().optional().meta({ description: "A warning that the agent shows." }),
  })
  .meta({ id: "HookResponse" });
export type HookResponse = z.infer<typeof hookResponseSchema>;
