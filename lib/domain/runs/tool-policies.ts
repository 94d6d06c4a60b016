/** What people ask of every call of a tool alike. Anything finer has a form of its own. */
export const TOOL_POLICIES = ["always_require_approval", "always_allow", "log_only", "always_block"] as const;
export type ToolPolicy = (typeof TOOL_POLICIES)[number];
