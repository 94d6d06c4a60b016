import type { AuditVerb } from "./record-audit-event";

/** The kinds that the activity can be filtered by. `execution` is done by programs; `changes`, all the rest, is the default. */
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
  actions: "Actions, policies and budgets",
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
  management_key: "keys",
  webhook: "webhooks",
  action: "actions",
  group: "actions",
  proposal: "actions",
  shadow: "actions",
  budget: "actions",
  grant: "decisions",
  receipt: "decisions",
  run: "decisions",
};

const EXECUTION_VERBS: ReadonlySet<AuditVerb> = new Set(["run.claimed", "run.claim_renewed", "run.claim_released", "run.reported"]);

/** Derived from the first half of the event's name: `api_key.revoked` is about keys. Null: a subject without a kind. */
export function kindOfVerb(verb: AuditVerb): VerbKind | null {
  if (EXECUTION_VERBS.has(verb)) return "execution";
  return KIND_OF_SUBJECT[verb.split(".")[0] ?? ""] ?? null;
}
