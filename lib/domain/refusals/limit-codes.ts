import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";
import type { ErrorCodeText } from "./error-code-text";

/** What an owner or a workspace has no more of. */
export const LIMIT_CODES = {
  monthly_run_limit: {
    title: "Monthly run limit reached",
    meaning: `The owner reached the limit of action runs for this calendar month (UTC). Wait until resets_at. ${WHO_RAISES_LIMITS}`,
  },
  workspace_limit: {
    title: "Workspace limit reached",
    meaning: `The owner has as many active workspaces as allowed. Delete one to add another. ${WHO_RAISES_LIMITS}`,
  },
  action_limit: {
    title: "Action limit reached",
    meaning: `The workspace has as many active registered actions as allowed. Deactivate one to add another. ${WHO_RAISES_LIMITS}`,
  },
  monthly_email_limit: {
    title: "Monthly email limit reached",
    meaning: `The owner reached the limit of approval emails for this month. Runs can still be decided in the console. ${WHO_RAISES_LIMITS}`,
  },
  webhook_limit: {
    title: "Webhook limit reached",
    meaning: "The workspace has as many webhooks and notification channels as allowed. Delete one first.",
  },
} as const satisfies Record<string, ErrorCodeText>;
