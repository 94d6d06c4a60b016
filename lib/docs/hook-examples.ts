import type { ApiExample } from "./api-example";

/** What coding agents send before they call a tool. */
export const HOOK_EXAMPLES: Readonly<Record<string, ApiExample>> = {
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
};
