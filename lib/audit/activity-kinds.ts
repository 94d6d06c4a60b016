import type { AuditVerb } from "./record-audit-event";

/** How the activity can be narrowed down. `execution` is what programs do by themselves; `changes`, all the rest, comes first. */
export const ACTIVITY_KINDS = [
  "changes",
  "decisions",
  "actions",
  "keys",
  "webhooks",
  "members",
  "workspace",
  "execution",
  "everything",
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

export const ACTIVITY_KIND_LABELS: Record<ActivityKind, string> = {
  changes: "Changes and decisions",
  decisions: "Decisions",
  actions: "Actions and policies",
  keys: "Keys",
  webhooks: "Webhooks",
  members: "Members",
  workspace: "Workspace and limits",
  execution: "Claims and reports",
  everything: "Everything",
};

type VerbKind = Exclude<ActivityKind, "changes" | "everything">;

const KIND_OF_SUBJECT: Record<string, VerbKind> = {
  workspace: "workspace",
  limits: "workspace",
  mailbox: "workspace",
  user: "members",
  member: "members",
  invitation: "members",
  api_key: "keys",
  webhook: "webhooks",
  action: "actions",
  receipt: "decisions",
  run: "decisions",
};

const EXECUTION_VERBS: ReadonlySet<AuditVerb> = new Set(["run.claimed", "run.claim_renewed", "run.claim_released", "run.reported"]);

/** By the first half of its name: `api_key.revoked` is about keys. Null: a subject that has no kind of its own yet. */
export function kindOfVerb(verb: AuditVerb): VerbKind | null {
  if (EXECUTION_VERBS.has(verb)) return "execution";
  return KIND_OF_SUBJECT[verb.split(".")[0] ?? ""] ?? null;
}
