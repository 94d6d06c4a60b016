import { z } from "zod";
import { emailSchema } from "@/lib/domain/access/email-address";
import { MAX_APPROVERS } from "@/lib/domain/access/limits";
import { ESCALATION_PERCENTS } from "@/lib/domain/policy/approval-steps";
import { displayNameSchema } from "@/lib/domain/text/display-name";

const name = displayNameSchema();

/** What a person says of a workspace. */
export const workspaceNamesSchema = z.strictObject({ name, clientName: name });
export type WorkspaceNames = z.input<typeof workspaceNamesSchema>;

export const workspaceSchema = workspaceNamesSchema.extend({ ownerEmail: emailSchema });
export type NewWorkspace = z.input<typeof workspaceSchema>;

const WINDOW_MAX_MINUTES = 525_600;

const window = z
  .int({ error: "must be a whole number of minutes" })
  .min(1, { error: "must be at least one minute" })
  .max(WINDOW_MAX_MINUTES, { error: "must be at most 365 days" })
  .nullable();

const addresses = z
  .array(emailSchema)
  .max(MAX_APPROVERS, { error: `must be at most ${MAX_APPROVERS} addresses` })
  .transform((emails) => [...new Set(emails)]);

/** When people are asked once more, and after which part of the time a second list is asked. */
const asking = { remindsAtHalf: z.boolean(), remindsNearEnd: z.boolean(), escalationPercent: z.literal(ESCALATION_PERCENTS) };

/** Who is asked, and for how long, when an action does not say so itself. What is left out stays as it is. */
export const approvalRoutingSchema = z.strictObject({
  approverEmails: addresses,
  approvalWindowMinutes: window,
  escalationEmails: addresses.optional(),
  remindsAtHalf: asking.remindsAtHalf.optional(),
  remindsNearEnd: asking.remindsNearEnd.optional(),
  escalationPercent: asking.escalationPercent.optional(),
});
export type ApprovalRouting = z.input<typeof approvalRoutingSchema>;

const addressRows = z.array(z.strictObject({ email: emailSchema })).max(MAX_APPROVERS);

/** The same as a form has it: one row an address, so that each has its own message. */
export const routingFormSchema = z.strictObject({
  approvers: addressRows,
  approvalWindowMinutes: window,
  escalation: addressRows,
  ...asking,
});

/** Who gets the log's checkpoint every day; as a form has it. */
export const checkpointMailFormSchema = z.strictObject({ checkpointReceivers: addressRows });

/** The workspace's name, typed again to delete it. */
export const workspaceDeletionSchema = z.strictObject({ name: z.string() });
