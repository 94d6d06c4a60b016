-- An action can need several yeses: how many of the approvers it names, and further stages after them. A policy version keeps what was
-- so when it was written; null, and the defaults: one approval, as ever.
ALTER TABLE registered_actions
  ADD COLUMN approvals integer NOT NULL DEFAULT 1,
  ADD COLUMN later_stages jsonb NOT NULL DEFAULT '[]',
  ADD CONSTRAINT registered_actions_approvals CHECK (approvals >= 1),
  ADD CONSTRAINT registered_actions_later_stages CHECK (jsonb_typeof(later_stages) = 'array');
ALTER TABLE policy_versions ADD COLUMN stages jsonb;
-- The stages as they were when people were asked. `approver_emails` has those who are asked now and have not answered.
ALTER TABLE approval_requests
  ADD COLUMN stages jsonb,
  ADD COLUMN stage integer NOT NULL DEFAULT 1,
  ADD CONSTRAINT approval_requests_stage CHECK (stage BETWEEN 1 AND coalesce(jsonb_array_length(stages), 1));
-- Few requests have stages, so looking whether one has costs the queue next to nothing.
CREATE INDEX approval_requests_staged ON approval_requests (workspace_id, run_id) WHERE stages IS NOT NULL;
ALTER TABLE decision_links ADD COLUMN stage integer NOT NULL DEFAULT 1;

-- One person's yes while more are needed.
CREATE TABLE votes (
  -- Also its receipt's.
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  run_id uuid NOT NULL,
  stage integer NOT NULL,
  voter text NOT NULL,
  -- In whose place: their own, or that of the approver they stand in for.
  place text NOT NULL,
  channel text NOT NULL,
  link_id uuid,
  comment text,
  created_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  revoked_reason text,
  CONSTRAINT votes_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT votes_channel CHECK (channel IN ('decision_link', 'console', 'admin_cli')),
  CONSTRAINT votes_revoked CHECK (
    (revoked_at IS NULL) = (revoked_reason IS NULL) AND revoked_reason IN ('person', 'left', 'replaced', 'disabled', 'not_counted'))
);
CREATE INDEX votes_workspace_id_run_id_idx ON votes (workspace_id, run_id);
-- Nobody counts twice, whichever of their addresses they use, and no approver's place is taken twice.
CREATE UNIQUE INDEX votes_one_a_person ON votes (run_id, daai_person(voter)) WHERE revoked_at IS NULL;
CREATE UNIQUE INDEX votes_one_a_place ON votes (run_id, daai_person(place)) WHERE revoked_at IS NULL;
CREATE TRIGGER votes_kept BEFORE DELETE ON votes FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER votes_no_truncate BEFORE TRUNCATE ON votes FOR EACH STATEMENT EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER votes_append_only BEFORE UPDATE ON votes FOR EACH ROW
  WHEN (old.revoked_at IS NOT NULL OR new.revoked_at IS NULL OR (new.id, new.workspace_id, new.run_id, new.stage, new.voter, new.place, new.channel, new.created_at)
    <> (old.id, old.workspace_id, old.run_id, old.stage, old.voter, old.place, old.channel, old.created_at) OR new.comment IS DISTINCT FROM old.comment)
  EXECUTE FUNCTION daai_forbid_change();

-- A run has one receipt of a kind, and as many of votes as were cast and taken back.
ALTER TABLE receipts
  ADD COLUMN ordinal integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT receipts_kind,
  ADD CONSTRAINT receipts_kind CHECK (
    kind IN ('decision', 'execution', 'erasure', 'log_restarted', 'revocation', 'freeze', 'thaw', 'vote', 'vote_revocation')),
  ADD CONSTRAINT receipts_ordinal CHECK ((kind IN ('vote', 'vote_revocation')) = (ordinal > 0));
DROP INDEX receipts_workspace_id_run_id_kind_key;
CREATE UNIQUE INDEX receipts_workspace_id_run_id_kind_ordinal_key ON receipts (workspace_id, run_id, kind, ordinal);

ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_asked,
  ADD CONSTRAINT email_deliveries_asked CHECK (
    ask_reason IS NULL
    OR (kind = 'approval_request' AND ask_reason IN ('bounce', 'escalation', 'resend', 'delegation', 'reminder', 'replacement', 'reassignment', 'next_stage')));

-- What was asked of people stays asked of them.
CREATE TRIGGER approval_requests_stages_kept BEFORE UPDATE OF stages ON approval_requests
  FOR EACH ROW WHEN (new.stages IS DISTINCT FROM old.stages) EXECUTE FUNCTION daai_forbid_change();

CREATE FUNCTION daai_stage_people(stages jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $function$
  SELECT ARRAY(SELECT person FROM jsonb_array_elements(stages) stage CROSS JOIN LATERAL jsonb_array_elements_text(stage -> 'people') person)
$function$;
COMMENT ON FUNCTION daai_stage_people IS 'Everyone whom stages list.';

CREATE FUNCTION daai_stages_without_former(workspace uuid, stages jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $function$
  SELECT coalesce(jsonb_agg(stage || jsonb_build_object('people', to_jsonb(daai_without_former(workspace, daai_stage_people(jsonb_build_array(stage)))))
    ORDER BY number), '[]')
  FROM jsonb_array_elements(stages) WITH ORDINALITY AS s (stage, number)
$function$;
COMMENT ON FUNCTION daai_stages_without_former IS 'Stages without the people who left or are disabled. How many must say yes stays.';

CREATE FUNCTION daai_vote_counts(vote votes, run action_runs) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  SELECT vote.revoked_at IS NULL AND NOT daai_has_left(run.workspace_id, vote.voter) AND NOT daai_is_disabled(vote.voter)
  AND NOT EXISTS (
    SELECT FROM registered_actions a JOIN api_keys k ON k.id = run.api_key_id
    WHERE a.id = run.action_id AND a.requires_four_eyes AND daai_person(k.created_by) = daai_person(vote.voter))
$function$;
COMMENT ON FUNCTION daai_vote_counts IS 'Whether a yes counts now: nobody took it back, and its voter could still give it. With the decision, the votes that count are settled.';

CREATE FUNCTION daai_approvals(run action_runs) RETURNS jsonb
LANGUAGE sql STABLE AS $function$
  WITH cast_votes AS (
    SELECT v.* FROM votes v WHERE v.workspace_id = run.workspace_id AND v.run_id = run.id AND v.revoked_at IS NULL
      -- Votes that did not count are revoked with the decision.
      AND (run.governance_status <> 'pending_approval' OR daai_vote_counts(v, run))),
  stage AS (
    SELECT s.number::int, (s.stage ->> 'approvals')::int AS required, (SELECT count(*)::int FROM cast_votes v WHERE v.stage = s.number) AS given
    FROM approval_requests q CROSS JOIN LATERAL jsonb_array_elements(q.stages) WITH ORDINALITY AS s (stage, number)
    WHERE q.workspace_id = run.workspace_id AND q.run_id = run.id AND run.expires_at IS NOT NULL),
  total AS (
    SELECT coalesce(min(number) FILTER (WHERE given < required), max(number)) AS number, max(number) AS stages
    FROM stage HAVING count(*) > 0)
  SELECT jsonb_build_object(
    'stage', stage.number, 'stages', total.stages, 'required', stage.required, 'given', stage.given,
    'by', (SELECT coalesce(jsonb_agg(v.voter ORDER BY v.created_at, v.id), '[]') FROM cast_votes v WHERE v.stage = stage.number),
    'votes', (SELECT coalesce(jsonb_agg(jsonb_build_object('by', v.voter, 'stage', v.stage, 'at', daai_iso_time(v.created_at), 'channel', v.channel,
      'comment', v.comment) ORDER BY v.created_at, v.id), '[]') FROM cast_votes v))
  FROM total JOIN stage ON stage.number = total.number
$function$;
COMMENT ON FUNCTION daai_approvals IS 'How far a run with several approvals is, as approvalsOf says it in TypeScript: its first stage that is not complete, and whose yes counts. null: one approval is enough.';

CREATE FUNCTION daai_settle_votes() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  UPDATE votes v SET revoked_at = NEW.decided_at, revoked_reason = 'not_counted'
  WHERE v.workspace_id = OLD.workspace_id AND v.run_id = OLD.id AND v.revoked_at IS NULL AND NOT daai_vote_counts(v, OLD);
  IF NEW.governance_status = 'approved' AND (daai_approvals(OLD) ->> 'given')::int < (daai_approvals(OLD) ->> 'required')::int THEN
    RAISE EXCEPTION 'run % needs more approvals', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_settle_votes IS 'No run is approved while votes are missing, whatever the application does. With any decision, the votes that did not count are over, so that what is shown later is what decided.';
CREATE TRIGGER action_runs_settle_votes BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW WHEN (old.governance_status = 'pending_approval' AND new.governance_status <> 'pending_approval')
  EXECUTE FUNCTION daai_settle_votes();

CREATE OR REPLACE FUNCTION daai_withdraw(requests uuid[], person text, reason text)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
  changed uuid[];
BEGIN
  PERFORM FROM approval_requests q WHERE q.id = ANY(requests) ORDER BY q.id FOR NO KEY UPDATE;
  SELECT array_agg(q.id ORDER BY q.id) INTO changed FROM approval_requests q
  WHERE q.id = ANY(requests) AND (
    EXISTS (SELECT FROM unnest(q.approver_emails) email WHERE daai_person(email) = daai_person(person))
    OR EXISTS (SELECT FROM votes v WHERE v.workspace_id = q.workspace_id AND v.run_id = q.run_id AND v.revoked_at IS NULL
      AND daai_person(v.voter) = daai_person(person)));
  -- A yes is worth what its voter's right is worth.
  UPDATE votes v SET revoked_at = date_trunc('milliseconds', clock_timestamp()), revoked_reason = reason
  FROM approval_requests q
  WHERE q.id = ANY(changed) AND v.workspace_id = q.workspace_id AND v.run_id = q.run_id AND v.revoked_at IS NULL
    AND daai_person(v.voter) = daai_person(person);
  UPDATE decision_links link SET withdrawn_at = date_trunc('milliseconds', clock_timestamp()), withdrawn_reason = reason
  WHERE link.approval_request_id = ANY(changed) AND daai_person(link.approver_email) = daai_person(person)
    AND link.used_at IS NULL AND link.withdrawn_at IS NULL;
  UPDATE approval_requests q SET approver_emails = ARRAY(
    SELECT email FROM unnest(q.approver_emails) WITH ORDINALITY AS a (email, place)
    WHERE daai_person(email) <> daai_person(person) ORDER BY place)
  WHERE q.id = ANY(changed);
  RETURN QUERY SELECT unnest(changed);
END $function$;

CREATE OR REPLACE FUNCTION daai_waiting_for(person uuid, deciders text[], most integer)
 RETURNS TABLE(workspace_id uuid, run_id uuid, risk_level text, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_decides_in(person, deciders) mine CROSS JOIN LATERAL (
    SELECT r.workspace_id, r.id, r.risk_level, r.expires_at FROM action_runs r
    WHERE r.workspace_id = mine.workspace_id AND r.governance_status = 'pending_approval' AND NOT daai_is_overdue(r, now())
      -- With several approvals, those who are asked decide, and no one by their role alone.
      AND NOT EXISTS (
        SELECT FROM approval_requests q WHERE q.workspace_id = r.workspace_id AND q.run_id = r.id AND q.stages IS NOT NULL
          AND NOT EXISTS (SELECT FROM users u WHERE u.id = person AND u.email_verified_at IS NOT NULL AND u.email = ANY(q.approver_emails)))
    ORDER BY daai_risk_rank(r.risk_level) DESC, r.expires_at, r.id LIMIT most) run
  UNION ALL
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_asked_about(person) asked JOIN action_runs run ON run.id = asked.run_id
  WHERE run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, now())
    AND asked.workspace_id NOT IN (SELECT mine.workspace_id FROM daai_decides_in(person, deciders) mine)
$function$;

CREATE OR REPLACE FUNCTION daai_plan_approval()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  SELECT NEW.created_at + (NEW.expires_at - NEW.created_at) * (least(50, w.escalation_percent) / 100.0)
  INTO NEW.next_step_at FROM workspaces w WHERE w.id = NEW.workspace_id;
  IF EXISTS (
    SELECT FROM users u JOIN absences a ON a.user_id = u.id
    WHERE u.email = ANY(NEW.approver_emails) AND a.starts_at <= NEW.created_at AND a.ends_at > NEW.created_at)
  THEN
    PERFORM graphile_worker.add_job('hand-over-run', json_build_object('requestId', NEW.id));
  END IF;
  -- Fewer were left on the list than must say yes: others are asked too.
  IF cardinality(NEW.approver_emails) < (NEW.stages -> 0 ->> 'approvals')::int THEN
    PERFORM graphile_worker.add_job('replace-approver', json_build_object('requestId', NEW.id));
  END IF;
  RETURN NEW;
END $function$;

-- Changed where it says who is asked, so that what else this release changes in it stays, in whichever order.
DO $migration$
DECLARE
  definition text := pg_get_functiondef('daai_intercept(jsonb)'::regprocedure);
  change text[];
BEGIN
  FOREACH change SLICE 1 IN ARRAY ARRAY[
    ['a.title, a.ask_again_after_minutes INTO act', 'a.title, a.ask_again_after_minutes, a.approvals, a.later_stages INTO act'],
    ['      INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at)
      SELECT r.approval_request_id, k.workspace_id, r.run_id, array_agg(l.email), r.governance_reason, expires, now_ms
',
     '      -- The stages are read here, so that a process of the release before, which still serves, keeps to them too.
      INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at, stages)
      SELECT r.approval_request_id, k.workspace_id, r.run_id, array_agg(l.email), r.governance_reason, expires, now_ms,
        CASE WHEN act.approvals > 1 OR act.later_stages <> ''[]'' THEN
          jsonb_build_array(jsonb_build_object(''approvals'', act.approvals, ''people'', jsonb_agg(l.email))) || act.later_stages END
']
  ] LOOP
    IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
      RAISE EXCEPTION 'daai_intercept has changed: % is not in it once', change[1];
    END IF;
    definition := replace(definition, change[1], change[2]);
  END LOOP;
  EXECUTE definition;
END $migration$;

CREATE OR REPLACE FUNCTION daai_may_take_over(workspace uuid, action uuid, api_key uuid, person text, deciders text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT daai_may_decide(workspace, ARRAY(
      SELECT unnest(a.approver_emails || daai_stage_people(a.later_stages) || a.escalation_emails || w.approver_emails || w.escalation_emails)
      FROM registered_actions a JOIN workspaces w ON w.id = a.workspace_id WHERE a.workspace_id = workspace AND a.id = action),
    person, false, deciders)
  AND NOT EXISTS (
    SELECT FROM registered_actions a JOIN api_keys k ON k.workspace_id = a.workspace_id AND k.id = api_key
    WHERE a.workspace_id = workspace AND a.id = action AND a.requires_four_eyes AND daai_person(k.created_by) = daai_person(person))
$function$;

