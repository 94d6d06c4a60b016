import { Prisma } from "@/lib/db/generated/client";

// Which of someone's pending requests end with a list or a role, as a condition of `openRequests`.

/** Runs whose action doesn't name this person. One that does keeps asking them. */
export function notNamedByAction(email: string): Prisma.Sql {
  return notNamedBy(Prisma.sql`a.approver_emails || daai_stage_people(a.later_stages || a.rule_approvers) || a.escalation_emails`, email);
}

/** Runs about which this person was asked for their role, since neither the action nor the workspace names them. */
export function notNamed(email: string): Prisma.Sql {
  return notNamedBy(
    Prisma.sql`a.approver_emails || daai_stage_people(a.later_stages || a.rule_approvers) || a.escalation_emails || w.approver_emails || w.escalation_emails`,
    email,
  );
}

function notNamedBy(lists: Prisma.Sql, email: string): Prisma.Sql {
  return Prisma.sql`AND NOT EXISTS (
    SELECT FROM registered_actions a JOIN workspaces w ON w.id = a.workspace_id CROSS JOIN unnest(${lists}) AS named (email)
    WHERE a.id = run.action_id AND daai_person(named.email) = daai_person(${email}))`;
}
