import { z } from "zod";
import { emailSchema } from "@/lib/users/schema";

const name = z.string().trim().min(1, { error: "must not be empty" }).max(100, { error: "must have at most 100 characters" });

/** What a person says of a workspace. */
export const workspaceNamesSchema = z.strictObject({ name, clientName: name });
export type WorkspaceNames = z.input<typeof workspaceNamesSchema>;

export const workspaceSchema = workspaceNamesSchema.extend({ ownerEmail: emailSchema });
export type NewWorkspace = z.input<typeof workspaceSchema>;

export const MOST_APPROVERS = 20;
const WINDOW_MAX_MINUTES = 525_600;

const window = z
  .int({ error: "must be a whole number of minutes" })
  .min(1, { error: "must be at least one minute" })
  .max(WINDOW_MAX_MINUTES, { error: "must be at most 365 days" })
  .nullable();

/** Who is asked, and for how long, when an action does not say so itself. */
export const approvalRoutingSchema = z.strictObject({
  approverEmails: z
    .array(emailSchema)
    .max(MOST_APPROVERS, { error: `must be at most ${MOST_APPROVERS} addresses` })
    .transform((emails) => [...new Set(emails)]),
  approvalWindowMinutes: window,
});
export type ApprovalRouting = z.output<typeof approvalRoutingSchema>;

/** The same as a form has it: one row an address, so that each has its own message. */
export const routingFormSchema = z.strictObject({
  approvers: z.array(z.strictObject({ email: emailSchema })).max(MOST_APPROVERS),
  approvalWindowMinutes: window,
});

/** The workspace's name, typed once more by whoever deletes it. */
export const workspaceDeletionSchema = z.strictObject({ name: z.string() });
