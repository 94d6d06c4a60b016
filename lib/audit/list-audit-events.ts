import { Prisma } from "@/lib/db/generated/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { onePage } from "@/lib/domain/lists/one-page";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { type ActivityKind, kindOfVerb } from "./activity-kinds";
import { auditSentence } from "./audit-sentence";
import { AUDIT_VERBS, type AuditVerb } from "./record-audit-event";
import type { SentencePart } from "./sentence-parts";

export interface ActivityEvent {
  id: string;
  at: Date;
  verb: AuditVerb;
  who: { kind: "person" | "key" | "console" | "command_line"; name: string; detail: string | null };
  sentence: SentencePart[];
  /** A comment that was left with a decision: a person's words. */
  comment: string | null;
  runId: string | null;
}

export interface ActivityFilter {
  kind: ActivityKind;
  /** An email address. */
  person: string | null;
  /** Older than this event: the next page. */
  before: string | null;
}

const PAGE = 50;

interface EventRow {
  id: string;
  created_at: Date;
  verb: AuditVerb;
  actor_type: string;
  actor_id: string | null;
  subject_type: string;
  subject_id: string;
  data: JsonObject;
  user_email: string | null;
  user_name: string | null;
  link_email: string | null;
  key_name: string | null;
  key_hint: string | null;
  management_key_name: string | null;
  management_key_hint: string | null;
  subject: string | null;
  comment: string | null;
}

/** What was done in the workspace, the newest first, in sentences; `next` asks for the page after. */
export async function listAuditEvents(
  ctx: WorkspaceContext,
  filter: ActivityFilter,
): Promise<{ events: ActivityEvent[]; next: string | null }> {
  const { workspaceId, db } = ctx;
  await requirePermission(ctx, "audit.read");
  // The page is cut first, so that what belongs to its events is looked up for them alone.
  const rows = await db.$queryRaw<EventRow[]>`
    SELECT e.*, u.email AS user_email, u.name AS user_name, link.approver_email AS link_email, k.name AS key_name, k.hint AS key_hint,
      mk.name AS management_key_name, mk.hint AS management_key_hint,
      coalesce(a.name, run.action_name, subject_user.email) AS subject, CASE WHEN e.verb = 'run.decided' THEN run.decision_comment END AS comment
    FROM (
      SELECT id, created_at, verb, actor_type, actor_id, subject_type, subject_id, data FROM audit_events
      WHERE workspace_id = ${workspaceId}::uuid ${kindCondition(filter.kind)} ${personCondition(filter.person)}
        ${filter.before === null ? Prisma.empty : Prisma.sql`AND id < ${filter.before}::uuid`}
      ORDER BY id DESC LIMIT ${PAGE + 1}) e
    LEFT JOIN users u ON e.actor_type = 'user' AND u.id = CASE WHEN e.actor_type = 'user' THEN e.actor_id::uuid END
    LEFT JOIN decision_links link ON link.id = CASE WHEN e.actor_type = 'decision_link' THEN e.actor_id::uuid END
    LEFT JOIN api_keys k ON k.id = CASE WHEN e.actor_type = 'api_key' THEN e.actor_id::uuid END
    LEFT JOIN management_keys mk ON mk.id = CASE WHEN e.actor_type = 'management_key' THEN e.actor_id::uuid END
    LEFT JOIN registered_actions a ON a.id = CASE WHEN e.subject_type = 'action' THEN e.subject_id::uuid END
    LEFT JOIN action_runs run ON run.id = CASE WHEN e.subject_type = 'run' THEN e.subject_id::uuid END
    LEFT JOIN users subject_user ON subject_user.id = CASE WHEN e.subject_type IN ('user', 'member') AND length(e.subject_id) = 36 THEN e.subject_id::uuid END
    ORDER BY e.id DESC`;
  const { shown, next } = onePage(rows, PAGE, ({ id }) => id);
  return { events: shown.map(activityEvent), next };
}

function kindCondition(kind: ActivityKind): Prisma.Sql {
  if (kind === "everything") return Prisma.empty;
  if (kind === "changes") return Prisma.sql`AND actor_type <> 'api_key'`;
  const verbs = AUDIT_VERBS.filter((verb) => kindOfVerb(verb) === kind);
  return kind === "execution" ? Prisma.sql`AND verb = ANY(${verbs})` : Prisma.sql`AND actor_type <> 'api_key' AND verb = ANY(${verbs})`;
}

/** A session, an emailed link and the command line can all identify the same person. */
function personCondition(email: string | null): Prisma.Sql {
  if (email === null) return Prisma.empty;
  return Prisma.sql`AND actor_type <> 'api_key' AND (
    (actor_type = 'user' AND actor_id = (SELECT id::text FROM users WHERE email = ${email}))
    OR (actor_type = 'operator' AND actor_id = ${email})
    OR (actor_type = 'decision_link' AND data ->> 'by' = ${email}))`;
}

function activityEvent(row: EventRow): ActivityEvent {
  return {
    id: row.id,
    at: row.created_at,
    verb: row.verb,
    who: whoDidIt(row),
    sentence: auditSentence(row.verb, row),
    comment: row.comment,
    runId: row.subject_type === "run" ? row.subject_id : null,
  };
}

function whoDidIt(row: EventRow): ActivityEvent["who"] {
  switch (row.actor_type) {
    case "user":
      return { kind: "person", name: row.user_name ?? row.user_email ?? "A former user", detail: row.user_name ? row.user_email : null };
    case "decision_link":
      return { kind: "person", name: row.link_email ?? "An approver", detail: "by the link in the email" };
    case "api_key":
      return { kind: "key", name: row.key_name ?? "An API key", detail: row.key_hint };
    case "management_key":
      return { kind: "key", name: row.management_key_name ?? "A management key", detail: row.management_key_hint };
    case "operator":
      return { kind: "command_line", name: row.actor_id ?? "The operator", detail: "at the command line" };
    default:
      return { kind: "console", name: "The console", detail: null };
  }
}
