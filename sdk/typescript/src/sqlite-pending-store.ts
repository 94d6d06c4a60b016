import type { WireObject } from "./models";
import {
  hideSecrets,
  type Outcome,
  type PendingAction,
  type PendingState,
  type PendingStore,
  type StoredClaimRequest,
} from "./pending-store";
import { type Database, openSqliteFile } from "./sqlite-file";

// The table, its versions and its JSON are those of the Python SDK, so that runners in both languages can share a file.

const MIGRATIONS: readonly string[] = [
  `
    CREATE TABLE pending_action (
        position      INTEGER PRIMARY KEY AUTOINCREMENT,
        action_run_id TEXT NOT NULL UNIQUE,
        action        TEXT NOT NULL,
        payload       TEXT NOT NULL,
        state         TEXT NOT NULL DEFAULT 'pending'
                      CHECK (state IN ('pending', 'claimed', 'unreported', 'in_doubt')),
        claim_token   TEXT,
        lease_until   REAL,
        outcome       TEXT,
        note          TEXT,
        CHECK (state = 'pending' OR claim_token IS NOT NULL),
        CHECK (state <> 'unreported' OR outcome IS NOT NULL)
    )
    `,
  "ALTER TABLE pending_action ADD COLUMN claim_wish TEXT",
  "ALTER TABLE pending_action RENAME COLUMN claim_wish TO claim_request",
];

const COLUMNS = "action_run_id, action, payload, state, claim_token, lease_until, outcome, note, claim_request";

interface Row {
  readonly action_run_id: string;
  readonly action: string;
  readonly payload: string;
  readonly state: PendingState;
  readonly claim_token: string | null;
  readonly lease_until: number | null;
  readonly outcome: string | null;
  readonly note: string | null;
  readonly claim_request: string | null;
}

/**
 * Stores pending actions in the file `path`, readable only by its owner (mode 0600).
 *
 * Threads and processes may share the file; it must be on a local disk, as SQLite's WAL requires. Every step is one transaction, durable when
 * the method returns. A step waits up to 30 seconds for another process and then throws SQLite's error. Needs `node:sqlite`, which is in Node
 * since 22.13, in Bun since 1.4 and in Deno since 2.3. Throws a DaaiConfigError without it, and a DaaiError for a file of a newer version.
 */
export class SQLitePendingStore implements PendingStore {
  readonly #db: Database;

  constructor(path: string) {
    this.#db = openSqliteFile(path, MIGRATIONS, "SQLitePendingStore");
  }

  close(): void {
    this.#db.close();
  }

  add(actionRunId: string, action: string, payload: WireObject): void {
    this.#change(
      "INSERT INTO pending_action (action_run_id, action, payload) VALUES (?, ?, ?) ON CONFLICT (action_run_id) DO NOTHING",
      actionRunId,
      action,
      JSON.stringify(payload),
    );
  }

  get(actionRunId: string): PendingAction | null {
    return this.#select("WHERE action_run_id = ?", actionRunId)[0] ?? null;
  }

  entries(): PendingAction[] {
    return this.#select("ORDER BY position");
  }

  storeClaimRequest(actionRunId: string, { worker, token, askedAt }: StoredClaimRequest): StoredClaimRequest | null {
    const [row] = this.#db
      .prepare(
        "UPDATE pending_action SET claim_request = coalesce(claim_request, ?)" +
          " WHERE action_run_id = ? AND state = 'pending' RETURNING claim_request",
      )
      .all(JSON.stringify({ worker, token, asked_at: askedAt }), actionRunId) as Pick<Row, "claim_request">[];
    return requestOf(row?.claim_request ?? null);
  }

  deleteClaimRequest(actionRunId: string, { worker, token }: StoredClaimRequest): boolean {
    return this.#change(
      "UPDATE pending_action SET claim_request = NULL WHERE action_run_id = ? AND state = 'pending'" +
        " AND json_extract(claim_request, '$.worker') = ? AND json_extract(claim_request, '$.token') = ?",
      actionRunId,
      worker,
      token,
    );
  }

  markClaimed(actionRunId: string, claimToken: string, leaseUntil: number): boolean {
    return this.#change(
      "UPDATE pending_action SET state = 'claimed', claim_token = ?, lease_until = ?, note = NULL" +
        " WHERE action_run_id = ? AND state = 'pending'",
      claimToken,
      leaseUntil,
      actionRunId,
    );
  }

  extendLease(actionRunId: string, claimToken: string, leaseUntil: number): boolean {
    return this.#change(
      "UPDATE pending_action SET lease_until = ? WHERE action_run_id = ? AND claim_token = ? AND state = 'claimed'",
      leaseUntil,
      actionRunId,
      claimToken,
    );
  }

  recordOutcome(actionRunId: string, claimToken: string, { result, error }: Outcome): boolean {
    return this.#change(
      "UPDATE pending_action SET state = 'unreported', outcome = ?, note = NULL" +
        " WHERE action_run_id = ? AND claim_token = ? AND state IN ('claimed', 'in_doubt')",
      JSON.stringify({ result, error }),
      actionRunId,
      claimToken,
    );
  }

  markInDoubt(actionRunId: string, claimToken: string, note: string): boolean {
    return this.#change(
      "UPDATE pending_action SET state = 'in_doubt', note = ?" +
        " WHERE action_run_id = ? AND claim_token = ? AND state IN ('claimed', 'unreported')",
      note,
      actionRunId,
      claimToken,
    );
  }

  reopen(actionRunId: string): boolean {
    return this.#change(
      "UPDATE pending_action SET state = 'pending', claim_token = NULL, claim_request = NULL," +
        " lease_until = NULL, outcome = NULL, note = NULL WHERE action_run_id = ? AND state = 'in_doubt'",
      actionRunId,
    );
  }

  remove(actionRunId: string): boolean {
    return this.#change("DELETE FROM pending_action WHERE action_run_id = ?", actionRunId);
  }

  #select(rest: string, ...values: readonly string[]): PendingAction[] {
    const rows = this.#db.prepare(`SELECT ${COLUMNS} FROM pending_action ${rest}`).all(...values) as Row[];
    return rows.map(actionOf);
  }

  /** A statement alone is a transaction of its own. */
  #change(statement: string, ...values: readonly (string | number)[]): boolean {
    return Number(this.#db.prepare(statement).run(...values).changes) === 1;
  }
}

function actionOf(row: Row): PendingAction {
  return hideSecrets({
    actionRunId: row.action_run_id,
    action: row.action,
    payload: JSON.parse(row.payload) as WireObject,
    state: row.state,
    claimToken: row.claim_token,
    leaseUntil: row.lease_until,
    outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as Outcome),
    note: row.note,
    claimRequest: requestOf(row.claim_request),
  });
}

function requestOf(text: string | null): StoredClaimRequest | null {
  if (text === null) return null;
  const { worker, token, asked_at: askedAt } = JSON.parse(text) as StoredClaimRequest & { readonly asked_at: number };
  return { worker, token, askedAt };
}
