import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/transaction";
import type { ApprovalStage, RuleApprovers } from "@/lib/domain/runs/approvals";

interface SavedLists {
  readonly own?: readonly string[];
  readonly later?: readonly ApprovalStage[];
  readonly ofRules?: readonly RuleApprovers[];
  readonly general?: readonly string[];
}

/** As many as a dialog names. */
const MOST = 20;

/**
 * Lists who decides these pending requests once the person no longer does: the other approvers, and whoever is asked in their place, by
 * the rule of `listFirstAsked`. A test compares the two. `saved` are lists as they are about to be saved: an action's own, or the
 * workspace's.
 */
export async function listAskedInstead(db: Db, requests: Prisma.Sql, person: string, saved: SavedLists = {}): Promise<string[]> {
  const ofRules = saved.ofRules ? Prisma.sql`${JSON.stringify(saved.ofRules)}::jsonb` : Prisma.sql`a.rule_approvers`;
  const approvers = saved.own ? Prisma.sql`${[...saved.own]}::text[]` : Prisma.sql`a.approver_emails`;
  const general = saved.general ? Prisma.sql`${[...saved.general]}::text[]` : Prisma.sql`w.approver_emails`;
  const laterStages = saved.later ? Prisma.sql`${JSON.stringify(saved.later)}::jsonb` : Prisma.sql`a.later_stages`;
  const own = Prisma.sql`daai_own_people(${approvers}, ${ofRules}, listed.asked_rule)`;
  const later = Prisma.sql`daai_own_later_stages(${laterStages}, ${ofRules}, listed.asked_rule)`;
  const ofStage = Prisma.sql`daai_people_of_stage(listed.stages, listed.stage, ${own}, ${later}, ${person})`;
  const others = (emails: Prisma.Sql) =>
    Prisma.sql`ARRAY(SELECT one FROM unnest(daai_without_former(w.id, ${emails})) one WHERE daai_person(one) <> daai_person(${person}))`;
  const rows = await db.$queryRaw<{ email: string }[]>`
    WITH open AS (
      SELECT q.approver_emails, run.workspace_id, run.action_id, q.stage, q.stages, q.asked_rule FROM approval_requests q
      JOIN action_runs run ON run.workspace_id = q.workspace_id AND run.id = q.run_id WHERE q.id IN (${requests})),
    routing AS (
      SELECT ${others(Prisma.sql`CASE WHEN listed.stages IS NULL THEN ${own} ELSE ${ofStage} END`)} AS own,
        CASE WHEN listed.stage > 1 THEN '{}' ELSE ${others(general)} END AS general, ${others(Prisma.sql`ARRAY(
          SELECT u.email FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = w.id AND m.role = 'owner')`)} AS owners
      FROM (SELECT DISTINCT workspace_id, action_id, stage, stages, asked_rule FROM open) listed
      JOIN workspaces w ON w.id = listed.workspace_id JOIN registered_actions a ON a.id = listed.action_id)
    SELECT DISTINCT email FROM (
      SELECT unnest(approver_emails) FROM open
      UNION SELECT unnest(CASE WHEN own <> '{}' THEN own WHEN general <> '{}' THEN general ELSE owners END) FROM routing) asked (email)
    WHERE daai_person(email) <> daai_person(${person}) ORDER BY email LIMIT ${MOST}`;
  return rows.map(({ email }) => email);
}
