/** Coding agents whose hooks the console answers. Their names are the source type of their runs and begin the names of their actions. */
export const CODING_AGENTS = ["claude_code", "codex"] as const;
export type CodingAgent = (typeof CODING_AGENTS)[number];

export const CODING_AGENT_LABELS: Readonly<Record<CodingAgent, string>> = { claude_code: "Claude Code", codex: "Codex" };

const NAME_MAX_LENGTH = 64;
const WRITING_TOOLS = new Set(["Write", "Edit", "MultiEdit", "NotebookEdit", "apply_patch"]);

export function isShell(tool: string): boolean {
  return tool === "Bash" || tool === "shell" || tool === "local_shell" || tool === "exec_command";
}

export function isWriting(tool: string): boolean {
  return WRITING_TOOLS.has(tool);
}

/** The action of a tool: `claude_code_bash`, `codex_write`, `claude_code_mcp_github_create_issue`. */
export function actionOfTool(agent: CodingAgent, tool: string): string {
  const kind = isShell(tool) ? "bash" : isWriting(tool) ? "write" : snakeCase(tool);
  return `${agent}_${kind || "tool"}`.slice(0, NAME_MAX_LENGTH);
}

function snakeCase(tool: string): string {
  return tool
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}
