import type { Permission } from "./permissions";

/** What a key of the management API may be allowed to do, with what each allows in words and as permissions. */
export const MANAGEMENT_SCOPES = {
  "actions:read": { text: "List and read actions with their policies, test policies, plan changes", permissions: ["action.read"] },
  "actions:write": { text: "Register, edit, activate and deactivate actions", permissions: ["action.read", "action.manage"] },
  "approvers:write": { text: "Choose the approvers of actions and prevent self-approval", permissions: ["approver.manage"] },
  "backtests:run": { text: "Compare drafts of policies with recorded runs", permissions: ["backtest.run"] },
  "budgets:read": {
    text: "List and read budgets, what is used of them, by which runs and for which payload values",
    permissions: ["budget.read"],
  },
  "budgets:write": { text: "Create, edit and delete budgets", permissions: ["budget.read", "budget.manage"] },
  "grants:read": { text: "List and read standing grants, what must be the same and what is left of them", permissions: ["grant.read"] },
  "grants:revoke": { text: "Revoke standing grants", permissions: ["grant.read", "grant.revoke"] },
  "freezes:read": { text: "List and read freezes, and what may still be running", permissions: ["freeze.read"] },
  "freezes:start": { text: "Freeze the workspace, an action or an API key", permissions: ["freeze.read", "freeze.start"] },
  "freezes:thaw": { text: "Thaw what is frozen, unless another person is required", permissions: ["freeze.read", "freeze.end"] },
  "events:read": { text: "Read the activity", permissions: ["audit.read"] },
} as const satisfies Record<string, { readonly text: string; readonly permissions: readonly Permission[] }>;

export type ManagementScope = keyof typeof MANAGEMENT_SCOPES;

export const MANAGEMENT_SCOPE_NAMES = Object.keys(MANAGEMENT_SCOPES) as [ManagementScope, ...ManagementScope[]];

/** Whether one of these scopes includes a permission. Names that this release doesn't know allow nothing. */
export function scopesPermit(scopes: readonly string[], permission: Permission): boolean {
  return MANAGEMENT_SCOPE_NAMES.some((scope) => {
    const { permissions }: { readonly permissions: readonly Permission[] } = MANAGEMENT_SCOPES[scope];
    return scopes.includes(scope) && permissions.includes(permission);
  });
}

/** A key's requests in one UTC minute. */
export const MANAGEMENT_REQUESTS_PER_MINUTE = 120;
