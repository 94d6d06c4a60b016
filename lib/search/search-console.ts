import type { ActionRun } from "@/lib/db/generated/client";
import type { JsonObject } from "@/lib/domain/json-value";
import { erasedSentence } from "@/lib/domain/policy/run-sentence";
import { runLine } from "@/lib/domain/runs/run-line";
import type { GovernanceStatus } from "@/lib/domain/runs/statuses";
import type { UserContext } from "@/lib/security/context";
import { uuidRange } from "./uuid-range";

/** Runs are looked through from the newest; the runs page searches all of them. */
const NEWEST_RUNS = 2_000;
const MAX_FOUND = 6;

export interface FoundAction {
  id: string;
  name: string;
  title: string;
  workspaceId: string;
  workspaceName: string;
}

export interface FoundRun {
  id: string;
  actionName: string;
  actionTitle: string | null;
  actor: string | null;
  /** What distinguishes it from others: see runLine. */
  line: string;
  governanceStatus: GovernanceStatus;
  createdAt: Date;
  workspaceId: string;
  workspaceName: string;
}

/** Finds actions by name and runs by id or text, only in the person's own workspaces. */
export async function searchConsole(ctx: UserContext, text: string): Promise<{ actions: FoundAction[]; runs: FoundRun[] }> {
  const range = uuidRange(text);
  const [actions, runs] = await Promise.all([findActions(ctx, text), range === null ? findRuns(ctx, text) : findRunsById(ctx, range)]);
  return { actions, runs: await withLines(ctx, runs) };
}

async function withLines({ db }: UserContext, found: readonly Omit<FoundRun, "line">[]): Promise<FoundRun[]> {
  const runs = await db.actionRun.findMany({
    where: { OR: found.map(({ id, workspaceId }) => ({ id, workspaceId })) },
    select: {
      id: true,
      actionName: true,
      actionTitle: true,
      sentence: true,
      payloadText: true,
      reasoning: true,
    },
  });
  const lines = new Map(runs.map((run) => [run.id, lineOf(run)]));
  return found.map((run) => ({ ...run, line: lines.get(run.id) ?? erasedSentence({ name: run.actionName, title: null }) }));
}

type Shown = Pick<ActionRun, "actionName" | "actionTitle" | "sentence" | "payloadText" | "reasoning">;

function lineOf({ actionName, actionTitle, sentence, payloadText, reasoning }: Shown): string {
  const action = { name: actionName, title: actionTitle };
  const payload = payloadText === null ? {} : (JSON.parse(payloadText) as JsonObject);
  return runLine({ action, reasoning, payload, sentence: sentence ?? erasedSentence(action) });
}

function findActions({ actor, db }: UserContext, text: string): Promise<FoundAction[]> {
  return db.$queryRaw<FoundAction[]>`
    SELECT a.id, a.name, a.title, w.id AS "workspaceId", w.name AS "workspaceName"
    FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
    JOIN registered_actions a ON a.workspace_id = w.id
    WHERE m.user_id = ${actor.userId}::uuid AND (a.name ILIKE ${containing(text)} OR a.title ILIKE ${containing(text)})
    ORDER BY a.is_active DESC, a.name, a.id LIMIT ${MAX_FOUND}`;
}

function findRuns({ actor, db }: UserContext, text: string): Promise<Omit<FoundRun, "line">[]> {
  return db.$queryRaw<Omit<FoundRun, "line">[]>`
    SELECT run.id, run.action_name AS "actionName", run.action_title AS "actionTitle", run.actor, run.governance_status AS "governanceStatus", run.created_at AS "createdAt",
      w.id AS "workspaceId", w.name AS "workspaceName"
    FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
    CROSS JOIN LATERAL (SELECT * FROM action_runs WHERE workspace_id = w.id ORDER BY id DESC LIMIT ${NEWEST_RUNS}) run
    WHERE m.user_id = ${actor.userId}::uuid AND (run.action_name ILIKE ${containing(text)} OR run.action_title ILIKE ${containing(text)} OR run.actor ILIKE ${containing(text)}
      OR run.sentence ILIKE ${containing(text)} OR run.recipient ILIKE ${containing(text)} OR run.source_ref ILIKE ${containing(text)} OR run.idempotency_key ILIKE ${containing(text)})
    ORDER BY run.id DESC LIMIT ${MAX_FOUND}`;
}

function findRunsById({ actor, db }: UserContext, { first, last }: { first: string; last: string }): Promise<Omit<FoundRun, "line">[]> {
  return db.$queryRaw<Omit<FoundRun, "line">[]>`
    SELECT run.id, run.action_name AS "actionName", run.action_title AS "actionTitle", run.actor, run.governance_status AS "governanceStatus", run.created_at AS "createdAt",
      w.id AS "workspaceId", w.name AS "workspaceName"
    FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
    JOIN action_runs run ON run.workspace_id = w.id AND run.id BETWEEN ${first}::uuid AND ${last}::uuid
    WHERE m.user_id = ${actor.userId}::uuid ORDER BY run.id DESC LIMIT ${MAX_FOUND}`;
}

/** What was typed is text, not a pattern. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
