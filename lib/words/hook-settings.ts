/** Tools that change something, or run something that may. Reading ones stay without a run each. */
const CLAUDE_CODE_TOOLS = "Bash|PowerShell|Write|Edit|MultiEdit|NotebookEdit|mcp__.*";

/** Longer than the console waits for a decision before it answers (45 seconds). */
const DECIDE_TIMEOUT_SECONDS = 60;
const REPORT_TIMEOUT_SECONDS = 15;

/**
 * What people paste into Claude Code's settings. The keys come from the environment, so that no file has them. `daai hooks install` writes
 * the same (sdk/python), which a test compares.
 */
export function claudeCodeSettings(baseUrl: string): string {
  const hook = {
    type: "http",
    url: `${baseUrl}/v1/hooks/claude-code`,
    headers: { Authorization: "Bearer $DAAI_API_KEY", "X-DAAI-Workspace-Key": "$DAAI_WORKSPACE_KEY" },
    allowedEnvVars: ["DAAI_API_KEY", "DAAI_WORKSPACE_KEY"],
  };
  const on = (more: object) => [{ matcher: CLAUDE_CODE_TOOLS, hooks: [{ ...hook, ...more }] }];
  const settings = {
    hooks: {
      PreToolUse: on({ timeout: DECIDE_TIMEOUT_SECONDS, onFailure: "block" }),
      PostToolUse: on({ timeout: REPORT_TIMEOUT_SECONDS }),
      PostToolUseFailure: on({ timeout: REPORT_TIMEOUT_SECONDS }),
    },
  };
  return JSON.stringify(settings, null, 2);
}

/** Writes the command hook into Codex's settings. */
export const CODEX_INSTALL_SNIPPET = "python -m daai hooks install codex --dry-run\npython -m daai hooks install codex";
