-- An approver can change what a run proposes, in the fields that its policy version names, where the app has said that it executes with
-- the payload of its claim. What was proposed stays in action_runs; what it was changed to is a row here.
ALTER TABLE policy_versions
  ADD COLUMN changeable_fields jsonb,
  ADD CONSTRAINT policy_versions_changeable_fields CHECK (jsonb_typeof(changeable_fields) = 'array') NOT VALID;
ALTER TABLE action_runs
  ADD COLUMN accepts_changes boolean NOT NULL DEFAULT false,
  -- Of an approval with a change: SHA-256 of the changed payload's RFC 8785 form. null: what was proposed was decided on.
  ADD COLUMN approved_payload_hash bytea,
  -- Of a claim that gave the changed payload: daai_claim_seal. A process of the release before knows no changes, would hand out what was
  -- proposed, and writes claims without it.
  ADD COLUMN claim_seal bytea,
  ADD CONSTRAINT action_runs_changed CHECK (approved_payload_hash IS NULL OR accepts_changes) NOT VALID;
ALTER TABLE votes
  -- The payload that was said yes to; null: what was proposed.
  ADD COLUMN payload_hash bytea,
  DROP CONSTRAINT votes_revoked,
  ADD CONSTRAINT votes_revoked CHECK (
    (revoked_at IS NULL) = (revoked_reason IS NULL)
    AND revoked_reason IN ('person', 'left', 'replaced', 'disabled', 'not_counted', 'payload_changed'));
DROP TRIGGER votes_append_only ON votes;
CREATE TRIGGER votes_append_only BEFORE UPDATE ON votes FOR EACH ROW
  WHEN (old.revoked_at IS NOT NULL OR new.revoked_at IS NULL OR (new.id, new.workspace_id, new.run_id, new.stage, new.voter, new.place, new.channel, new.created_at)
    <> (old.id, old.workspace_id, old.run_id, old.stage, old.voter, old.place, old.channel, old.created_at)
    OR (new.comment, new.payload_hash) IS DISTINCT FROM (old.comment, old.payload_hash))
  EXECUTE FUNCTION daai_forbid_change();

CREATE TABLE payload_changes (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  run_id uuid NOT NULL,
  -- change: approved as such, or voted for. proposal: sent with a rejection, and never approved.
  kind text NOT NULL,
  -- Where several approvals are needed: the vote of whoever made it, with which it ends.
  vote_id uuid REFERENCES votes (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  changed_by text NOT NULL,
  channel text NOT NULL,
  reason text NOT NULL,
  -- RFC 6902, as canonical text; null after erasure, as are all that was read from the payload.
  changes_text text,
  payload_text text,
  payload_hash bytea NOT NULL,
  amount decimal(128, 64),
  currency text,
  recipient text,
  sentence text,
  -- The run's own, which an approval replaces by those above.
  proposed_amount decimal(128, 64),
  proposed_currency text,
  proposed_recipient text,
  proposed_sentence text,
  created_at timestamptz(3) NOT NULL,
  -- When it was approved.
  applied_at timestamptz(3),
  CONSTRAINT payload_changes_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT payload_changes_kind CHECK (kind IN ('change', 'proposal') AND (kind = 'change' OR vote_id IS NULL AND applied_at IS NULL)),
  CONSTRAINT payload_changes_channel CHECK (channel IN ('decision_link', 'console', 'admin_cli')),
  CONSTRAINT payload_changes_erased CHECK ((payload_text IS NULL) = (changes_text IS NULL))
);
CREATE INDEX payload_changes_by_run ON payload_changes (workspace_id, run_id, id);
CREATE UNIQUE INDEX payload_changes_one_applied ON payload_changes (run_id) WHERE applied_at IS NOT NULL;
CREATE UNIQUE INDEX payload_changes_one_proposal ON payload_changes (run_id) WHERE kind = 'proposal';
CREATE TRIGGER payload_changes_kept BEFORE DELETE ON payload_changes FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER payload_changes_no_truncate BEFORE TRUNCATE ON payload_changes FOR EACH STATEMENT EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER payload_changes_append_only BEFORE UPDATE ON payload_changes FOR EACH ROW
  WHEN ((new.id, new.workspace_id, new.run_id, new.kind, new.vote_id, new.changed_by, new.channel, new.reason, new.payload_hash, new.created_at)
      IS DISTINCT FROM (old.id, old.workspace_id, old.run_id, old.kind, old.vote_id, old.changed_by, old.channel, old.reason, old.payload_hash, old.created_at)
    OR old.applied_at IS NOT NULL AND new.applied_at IS DISTINCT FROM old.applied_at
    OR new.payload_text IS NOT NULL AND (new.payload_text, new.changes_text, new.amount, new.currency, new.recipient, new.sentence,
        new.proposed_amount, new.proposed_currency, new.proposed_recipient, new.proposed_sentence)
      IS DISTINCT FROM (old.payload_text, old.changes_text, old.amount, old.currency, old.recipient, old.sentence,
        old.proposed_amount, old.proposed_currency, old.proposed_recipient, old.proposed_sentence))
  EXECUTE FUNCTION daai_forbid_change();

CREATE FUNCTION daai_check_payload_change() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  IF NOT EXISTS (
    SELECT FROM action_runs run WHERE run.workspace_id = NEW.workspace_id AND run.id = NEW.run_id
      AND (run.accepts_changes OR NEW.kind = 'proposal') AND run.governance_status = 'pending_approval')
  THEN
    RAISE EXCEPTION 'run % takes no changes', NEW.run_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_check_payload_change IS 'Only a pending run is changed, and only where the app said that it executes what its claim gives it.';
CREATE TRIGGER payload_changes_checked BEFORE INSERT ON payload_changes FOR EACH ROW EXECUTE FUNCTION daai_check_payload_change();

CREATE FUNCTION daai_vote_stands(vote votes, run action_runs) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  SELECT vote.revoked_at IS NULL AND NOT daai_has_left(run.workspace_id, vote.voter) AND NOT daai_is_disabled(vote.voter)
  AND NOT daai_bars_maker(run.action_id, run.api_key_id, vote.voter)
$function$;
COMMENT ON FUNCTION daai_vote_stands IS 'Whether nobody took a yes back, and its voter could still give it.';

CREATE FUNCTION daai_current_change(run action_runs) RETURNS SETOF payload_changes
LANGUAGE sql STABLE ROWS 1 AS $function$
  SELECT c FROM payload_changes c
  WHERE c.workspace_id = run.workspace_id AND c.run_id = run.id AND c.kind = 'change' AND run.accepts_changes
    AND CASE WHEN run.governance_status = 'pending_approval'
      THEN c.vote_id IS NULL OR EXISTS (SELECT FROM votes v WHERE v.id = c.vote_id AND daai_vote_stands(v, run))
      ELSE c.applied_at IS NOT NULL END
  ORDER BY c.id DESC LIMIT 1
$function$;
COMMENT ON FUNCTION daai_current_change IS 'What a run was changed to: of a pending one, the change whose author''s vote still stands; of a decided one, the change that was approved. No row: what was proposed is decided on.';

CREATE OR REPLACE FUNCTION daai_vote_counts(vote votes, run action_runs) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  SELECT daai_vote_stands(vote, run)
    AND coalesce(vote.payload_hash, run.payload_hash) = coalesce((SELECT c.payload_hash FROM daai_current_change(run) c), run.payload_hash)
$function$;
COMMENT ON FUNCTION daai_vote_counts IS 'Whether a yes counts now: nobody took it back, its voter could still give it, and it was to the payload that is decided on now. With the decision, the votes that count are settled.';

CREATE FUNCTION daai_apply_change() RETURNS trigger
LANGUAGE plpgsql AS $function$
DECLARE
  change payload_changes;
BEGIN
  SELECT c.* INTO change FROM daai_current_change(OLD) c;
  NEW.approved_payload_hash := change.payload_hash;
  IF change.id IS NULL THEN RETURN NEW; END IF;
  UPDATE payload_changes SET applied_at = NEW.decided_at WHERE id = change.id;
  NEW.amount := change.amount;
  NEW.currency := change.currency;
  NEW.recipient := change.recipient;
  NEW.sentence := change.sentence;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_apply_change IS 'An approval applies the change that stands, whoever writes it: what is listed, searched and added up from then on is what was approved.';
CREATE TRIGGER action_runs_apply_change BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW WHEN (old.governance_status = 'pending_approval' AND new.governance_status = 'approved')
  EXECUTE FUNCTION daai_apply_change();

CREATE FUNCTION daai_claim_seal(approved_payload_hash bytea, claim_token_hash bytea, claimed_at timestamptz) RETURNS bytea
LANGUAGE sql IMMUTABLE AS $function$
  SELECT sha256($1 || $2 || int8send((extract(epoch FROM $3) * 1000)::bigint))
$function$;
COMMENT ON FUNCTION daai_claim_seal IS 'Which payload a claim gave. Bound to that one claim: it stays in the row after the claim has ended, and fits no other.';

CREATE FUNCTION daai_guard_change() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  RAISE EXCEPTION 'run % was approved with a change, and may only be executed as changed', OLD.id USING ERRCODE = 'restrict_violation';
END $function$;
COMMENT ON FUNCTION daai_guard_change IS 'A run that was approved with a change runs only under a claim that gave the changed payload, whichever release gave it.';
CREATE TRIGGER action_runs_guard_change BEFORE UPDATE ON action_runs FOR EACH ROW
  WHEN (new.approved_payload_hash IS NOT NULL AND (
    new.claim_token_hash IS NOT NULL
      AND new.claim_seal IS DISTINCT FROM daai_claim_seal(new.approved_payload_hash, new.claim_token_hash, new.claimed_at)
    OR new.execution_status IN ('executed', 'failed') AND new.claim_token_hash IS NULL))
  EXECUTE FUNCTION daai_guard_change();

-- As before, and neither who takes changes nor what was approved is changed later.
DROP TRIGGER action_runs_texts_kept ON action_runs;
CREATE TRIGGER action_runs_texts_kept BEFORE UPDATE ON action_runs FOR EACH ROW
  WHEN (new.payload_text IS NOT NULL AND ((new.reasoning, new.source_type, new.source_ref) IS DISTINCT FROM (old.reasoning, old.source_type, old.source_ref)
    OR (new.amount, new.currency, new.recipient, new.sentence) IS DISTINCT FROM (old.amount, old.currency, old.recipient, old.sentence)
      AND NOT (old.governance_status = 'pending_approval' AND new.governance_status = 'approved' AND new.approved_payload_hash IS NOT NULL)
    OR old.execution_reported_at IS NOT NULL AND (new.execution_result_text, new.execution_error) IS DISTINCT FROM (old.execution_result_text, old.execution_error)))
  EXECUTE FUNCTION daai_forbid_illegal_move();
COMMENT ON TRIGGER action_runs_texts_kept ON action_runs IS 'What the agent said, what was read from the payload, and what was reported change in no other way than by being erased, or by a change that is approved.';
CREATE TRIGGER action_runs_change_kept BEFORE UPDATE ON action_runs FOR EACH ROW
  WHEN (new.accepts_changes AND NOT old.accepts_changes OR old.accepts_changes AND NOT new.accepts_changes AND old.governance_status <> 'pending_approval'
    OR new.approved_payload_hash IS DISTINCT FROM old.approved_payload_hash
      AND NOT (old.governance_status = 'pending_approval' AND new.governance_status = 'approved'))
  EXECUTE FUNCTION daai_forbid_illegal_move();

CREATE FUNCTION daai_erase_changes() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  UPDATE payload_changes SET payload_text = NULL, changes_text = NULL, amount = NULL, currency = NULL, recipient = NULL, sentence = NULL,
    proposed_amount = NULL, proposed_currency = NULL, proposed_recipient = NULL, proposed_sentence = NULL
  WHERE workspace_id = NEW.workspace_id AND run_id = NEW.id;
  -- Webhooks say what a person changed.
  UPDATE webhook_deliveries SET body = (body::jsonb || jsonb_build_object('data', body::jsonb -> 'data' || jsonb_build_object('decision',
    body::jsonb #> '{data,decision}' || '{"changes": null, "proposed_payload": null}')))::text
  WHERE workspace_id = NEW.workspace_id AND run_id = NEW.id AND jsonb_typeof(body::jsonb #> '{data,decision,changes}') = 'array';
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_erase_changes IS 'With a run''s payload goes what people changed of it, whichever release erases it.';
CREATE TRIGGER action_runs_erase_changes AFTER UPDATE OF payload_text ON action_runs FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_erase_changes();

-- What a run reserves follows the change that is approved. How its budgets stood when it was proposed stays.
DROP TRIGGER budget_entries_settled_once ON budget_entries;
CREATE TRIGGER budget_entries_settled_once BEFORE UPDATE ON budget_entries FOR EACH ROW
  WHEN ((new.run_id, new.budget_id, new.workspace_id, new.budget_name, new.limit_value, new.when_exceeded, new.period_start, new.period_end, new.used_before, new.is_exceeded, new.is_named)
      <> (old.run_id, old.budget_id, old.workspace_id, old.budget_name, old.limit_value, old.when_exceeded, old.period_start, old.period_end, old.used_before, old.is_exceeded, old.is_named)
    OR NOT (old.state = 'reserved' AND new.state = 'reserved') AND (new.per_key <> old.per_key OR (new.amount, new.unreadable) IS DISTINCT FROM (old.amount, old.unreadable)
      OR new.per_value IS NOT NULL AND new.per_value IS DISTINCT FROM old.per_value)
    OR old.state <> 'reserved' AND new.state <> old.state
    OR old.is_deducted AND NOT new.is_deducted)
  EXECUTE FUNCTION daai_forbid_change();

CREATE FUNCTION daai_change_budgets(run action_runs, counted jsonb) RETURNS text
LANGUAGE plpgsql AS $function$
DECLARE
  reserved budget_entries[];
  ledger budget_entries[];
  over text;
BEGIN
  SELECT array_agg(e ORDER BY e.budget_id) INTO reserved FROM budget_entries e WHERE e.run_id = run.id AND e.state = 'reserved';
  IF reserved IS NULL THEN RETURN NULL; END IF;
  -- As in daai_intercept, the owner's monthly counter comes before the budgets' totals, which are all under this lock.
  PERFORM daai_count_up('runs_per_month', w.owner_id::text, date_trunc('month', clock_timestamp(), 'UTC'), NULL, 0)
  FROM workspaces w WHERE w.id = run.workspace_id;
  PERFORM daai_release_budgets(reserved);
  SELECT r.ledger INTO ledger FROM daai_reserve_budgets(run.workspace_id, counted, run.created_at) r;
  UPDATE budget_entries e SET per_key = changed.per_key, per_value = changed.per_value, amount = changed.amount, unreadable = changed.unreadable
  FROM unnest(ledger) changed WHERE e.run_id = run.id AND e.budget_id = changed.budget_id AND e.state = 'reserved';
  SELECT changed.budget_name INTO over FROM unnest(ledger) changed JOIN unnest(reserved) proposed ON proposed.budget_id = changed.budget_id
  WHERE changed.is_exceeded AND changed.when_exceeded = 'block'
    -- Whatever the limit is by now, less of the same is never refused.
    AND NOT coalesce(changed.per_key = proposed.per_key AND changed.period_start = proposed.period_start AND changed.amount <= proposed.amount, false)
  ORDER BY changed.budget_id LIMIT 1;
  RETURN over;
END $function$;
COMMENT ON FUNCTION daai_change_budgets IS 'Makes a pending run reserve what it was changed to, before it is approved as such, which locks run_counts. Returns the name of a budget that blocks what the change adds to it; the caller then rolls back.';

COMMENT ON FUNCTION daai_count_decided_run() IS 'A pending run is decided once, and a yes that nobody claimed may end once. Each changes one run and so takes one row of run_counts, as its last shared lock: what a change reserves in budgets is locked before, as in daai_intercept.';

CREATE FUNCTION daai_decision_changes(run action_runs) RETURNS TABLE (changes json, proposed_payload json)
LANGUAGE sql STABLE ROWS 1 AS $function$
  SELECT c.changes_text::json, CASE WHEN c.kind = 'proposal' THEN c.payload_text::json END FROM payload_changes c
  WHERE c.workspace_id = run.workspace_id AND c.run_id = run.id
    AND CASE c.kind WHEN 'change' THEN c.applied_at IS NOT NULL ELSE run.governance_reason = 'rejected_by_human' END
$function$;
COMMENT ON FUNCTION daai_decision_changes IS 'What a decision says about the payload: the changes that were approved, or those that a person proposed with their rejection, with the payload that they would accept.';

ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_asked,
  ADD CONSTRAINT email_deliveries_asked CHECK (
    ask_reason IS NULL
    OR (kind = 'approval_request' AND ask_reason IN ('bounce', 'escalation', 'resend', 'delegation', 'reminder', 'replacement', 'reassignment', 'next_stage', 'changed')));

DO $migration$
DECLARE
  definition text;
  change text[];
BEGIN
  definition := pg_get_functiondef('daai_intercept(jsonb)'::regprocedure);
  FOREACH change SLICE 1 IN ARRAY ARRAY[
    ['ask_again boolean, previous_run_id uuid', 'ask_again boolean, previous_run_id uuid, accepts_changes boolean'],
    ['attempt, previous_run_id)', 'attempt, previous_run_id, accepts_changes)'],
    ['coalesce(prior_attempt + 1, 1), prior_id)', 'coalesce(prior_attempt + 1, 1), prior_id, coalesce(r.accepts_changes, false))']
  ] LOOP
    IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
      RAISE EXCEPTION 'daai_intercept has changed: % is not in it once', change[1];
    END IF;
    definition := replace(definition, change[1], change[2]);
  END LOOP;
  EXECUTE definition;

  definition := pg_get_functiondef('daai_queue_webhooks(action_runs, text, timestamptz)'::regprocedure);
  change := ARRAY['''at'', daai_iso_time(run.decided_at), ''comment'', run.decision_comment)', '''at'', daai_iso_time(run.decided_at), ''comment'', run.decision_comment,
          ''changes'', (SELECT d.changes FROM daai_decision_changes(run) d),
          ''proposed_payload'', (SELECT d.proposed_payload FROM daai_decision_changes(run) d))'];
  IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
    RAISE EXCEPTION 'daai_queue_webhooks has changed';
  END IF;
  EXECUTE replace(definition, change[1], change[2]);
END $migration$;
