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

CREATE OR REPLACE FUNCTION daai_intercept(requests jsonb)
 RETURNS TABLE(ordinal integer, outcome text, existing_run_id uuid, decided_at timestamp with time zone, minute_used integer, day_used integer, month_used integer, used integer, mail_not_sent_reason text)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  r record;
  k record;
  act record;
  prior_id uuid;
  prior_hash bytea;
  prior_attempt int;
  may_ask_again boolean;
  prior_reason text;
  is_prior_over boolean;
  link record;
  now_ms timestamptz;
  this_minute timestamptz;
  this_day timestamptz;
  this_month timestamptz;
  expires timestamptz;
  receipt_body text;
  is_new boolean;
BEGIN
  FOR r IN SELECT * FROM jsonb_to_recordset(requests) AS x(
    ordinal int, run_id uuid, is_retry boolean, api_key_hash text, workspace_key_hash text,
    action_name text, idempotency_key text, payload_text text, payload_hash text, payload_salt text,
    actor text, reasoning text, source_type text, source_ref text, amount numeric, currency text, recipient text, sentence text,
    config_version int, action_id uuid, action_config_version int, policy_version_id uuid, risk_level text,
    governance_status text, governance_reason text, execution_status text,
    receipt_id uuid, receipt_parts text[], approval_request_id uuid, window_minutes int, links jsonb,
    claim_worker text, claim_token_hash text, lease_seconds int,
    per_minute int, per_day int, per_month int, emails_per_month int, policy_rule text, evaluated_at timestamptz,
    ask_again boolean, previous_run_id uuid)
  LOOP
    ordinal := r.ordinal;
    existing_run_id := NULL; minute_used := NULL; day_used := NULL; month_used := NULL; used := NULL; mail_not_sent_reason := NULL;
    -- Milliseconds: what is stored, hashed and shown is one and the same time.
    now_ms := date_trunc('milliseconds', clock_timestamp());
    decided_at := now_ms;
    SELECT * INTO k FROM daai_check_keys(decode(r.api_key_hash, 'hex'), decode(r.workspace_key_hash, 'hex'));
    IF k.refusal IS NOT NULL THEN
      outcome := k.refusal; RETURN NEXT; CONTINUE;
    END IF;

    -- Statements of their own, so that each is an index look-up.
    prior_id := NULL; prior_attempt := NULL;
    IF r.is_retry THEN
      SELECT run.id, run.payload_hash, false INTO prior_id, prior_hash, is_prior_over FROM action_runs run
      WHERE run.workspace_id = k.workspace_id AND run.id = r.run_id;
    END IF;
    IF prior_id IS NULL AND r.idempotency_key IS NOT NULL THEN
      SELECT run.id, run.payload_hash, run.attempt, run.governance_reason,
        daai_ended_at(run.governance_status, run.execution_status, run.decided_at, run.execution_reported_at) IS NOT NULL
      INTO prior_id, prior_hash, prior_attempt, prior_reason, is_prior_over FROM action_runs run
      WHERE run.workspace_id = k.workspace_id AND run.action_name = r.action_name AND run.idempotency_key = r.idempotency_key
      ORDER BY run.attempt DESC LIMIT 1;
    END IF;
    -- Who asks again names the run that was the last one: of many at the same moment, one makes the next.
    may_ask_again := coalesce(r.ask_again, false);
    -- What only a freeze blocked needs no asking again once that is over. A process of the release before sends no ask_again, and could
    -- not continue.
    IF prior_id IS NOT NULL AND is_prior_over AND prior_reason = 'frozen' AND r.ask_again IS NOT NULL THEN
      may_ask_again := r.ask_again OR r.governance_reason <> 'frozen';
      IF r.governance_reason = 'frozen' AND daai_frozen_since(k.workspace_id,
          (SELECT a.id FROM registered_actions a WHERE a.workspace_id = k.workspace_id AND a.name = r.action_name), k.api_key_id) IS NULL THEN
        outcome := 'stale'; RETURN NEXT; CONTINUE;
      END IF;
    END IF;
    IF prior_id IS NOT NULL AND NOT (may_ask_again AND is_prior_over AND coalesce(r.previous_run_id, prior_id) = prior_id) THEN
      outcome := CASE WHEN prior_hash = decode(r.payload_hash, 'hex') THEN 'existing' ELSE 'idempotency_conflict' END;
      existing_run_id := prior_id; RETURN NEXT; CONTINUE;
    END IF;

    SELECT a.id, a.config_version, a.title, a.ask_again_after_minutes, a.approvals, a.later_stages INTO act FROM registered_actions a
    WHERE a.workspace_id = k.workspace_id AND a.name = r.action_name;
    IF k.config_version IS DISTINCT FROM r.config_version OR act.id IS DISTINCT FROM r.action_id
       OR act.config_version IS DISTINCT FROM r.action_config_version
       -- Rules can look at the time: an evaluation by another time than the database's is made again.
       OR abs(extract(epoch FROM now_ms - r.evaluated_at)) > 30 THEN
      outcome := 'stale'; RETURN NEXT; CONTINUE;
    END IF;
    IF prior_id IS NOT NULL THEN
      -- A policy that would block the same again gives the run that it blocked. Else the application adds the earlier run to the receipt.
      outcome := CASE
        WHEN r.governance_status = 'blocked' AND prior_reason = r.governance_reason AND prior_hash = decode(r.payload_hash, 'hex') THEN 'existing'
        WHEN r.previous_run_id IS NULL THEN 'ask_again' END;
      IF outcome IS NOT NULL THEN
        existing_run_id := prior_id; RETURN NEXT; CONTINUE;
      END IF;
    END IF;
    IF act.ask_again_after_minutes IS NOT NULL THEN
      SELECT run.id INTO existing_run_id FROM action_runs run
      WHERE run.workspace_id = k.workspace_id AND run.action_name = r.action_name
        AND (run.id = prior_id OR run.payload_hash = decode(r.payload_hash, 'hex'))
        AND run.governance_reason IN ('rejected_by_human', 'manually_blocked_by_approver', 'approval_revoked')
        AND run.decided_at > now_ms - make_interval(mins => act.ask_again_after_minutes)
        -- What a member tried is nobody's no to an agent.
        AND NOT run.is_test
      ORDER BY run.decided_at DESC LIMIT 1;
      IF existing_run_id IS NOT NULL THEN
        outcome := 'ask_again_too_soon'; RETURN NEXT; CONTINUE;
      END IF;
    END IF;

    this_minute := date_trunc('minute', now_ms, 'UTC');
    this_day := date_trunc('day', now_ms, 'UTC');
    this_month := date_trunc('month', now_ms, 'UTC');
    outcome := NULL;
    month_used := daai_count_up('runs_per_month', k.owner_id::text, this_month, r.per_month);
    IF month_used IS NULL THEN
      outcome := 'monthly_run_limit';
      used := daai_counted('runs_per_month', k.owner_id::text, this_month);
    END IF;
    IF outcome IS NULL AND r.per_day IS NOT NULL THEN
      day_used := daai_count_up('intercepts_per_day', k.api_key_id::text, this_day, r.per_day);
      IF day_used IS NULL THEN
        outcome := 'rate_limit_day';
        used := daai_counted('intercepts_per_day', k.api_key_id::text, this_day);
      END IF;
    END IF;
    IF outcome IS NULL AND r.per_minute IS NOT NULL THEN
      minute_used := daai_count_up('intercepts_per_minute', k.api_key_id::text, this_minute, r.per_minute);
      IF minute_used IS NULL THEN
        outcome := 'rate_limit_minute';
        used := daai_counted('intercepts_per_minute', k.api_key_id::text, this_minute);
      END IF;
    END IF;

    -- Last, so that whoever waits for the owner's counter does not keep a freeze waiting; and in two statements, the second of which
    -- sees every freeze that was there before the first.
    IF outcome IS NULL THEN
      PERFORM daai_delay_freezes(k.workspace_id);
      IF (daai_frozen_since(k.workspace_id, act.id, k.api_key_id) IS NOT NULL) <> (r.governance_reason = 'frozen') THEN outcome := 'stale'; END IF;
    END IF;

    expires := CASE WHEN r.governance_status = 'pending_approval' THEN now_ms + make_interval(mins => r.window_minutes) END;
    is_new := false;
    IF outcome IS NULL THEN
      INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, action_title, policy_version_id, idempotency_key,
        risk_level, governance_status, governance_reason, policy_rule, execution_status, actor, reasoning, source_type, source_ref,
        payload_text, payload, payload_hash, payload_salt, amount, currency, recipient, sentence, created_at, expires_at, decided_at,
        claim_worker, claim_token_hash, claimed_at, claim_expires_at, attempt, previous_run_id)
      VALUES (r.run_id, k.workspace_id, k.api_key_id, r.action_name, r.action_id, act.title, r.policy_version_id, r.idempotency_key,
        r.risk_level, r.governance_status, r.governance_reason, r.policy_rule, r.execution_status, r.actor, r.reasoning, r.source_type, r.source_ref,
        r.payload_text, r.payload_text::jsonb, decode(r.payload_hash, 'hex'), decode(r.payload_salt, 'hex'),
        r.amount, r.currency, r.recipient,
        -- A process of the release before, which still serves, sends none.
        coalesce(r.sentence, 'run ' || r.action_name), now_ms, expires,
        CASE WHEN expires IS NULL THEN now_ms END,
        r.claim_worker, decode(r.claim_token_hash, 'hex'),
        CASE WHEN r.claim_worker IS NOT NULL THEN now_ms END,
        CASE WHEN r.claim_worker IS NOT NULL THEN now_ms + make_interval(secs => r.lease_seconds) END,
        coalesce(prior_attempt + 1, 1), prior_id)
      ON CONFLICT DO NOTHING;
      is_new := FOUND;
    END IF;
    IF NOT is_new THEN
      IF month_used IS NOT NULL THEN PERFORM daai_count_down('runs_per_month', k.owner_id::text, this_month); END IF;
      IF day_used IS NOT NULL THEN PERFORM daai_count_down('intercepts_per_day', k.api_key_id::text, this_day); END IF;
      IF minute_used IS NOT NULL THEN PERFORM daai_count_down('intercepts_per_minute', k.api_key_id::text, this_minute); END IF;
      -- The same key on another server in the same moment, which this one has waited for: its run is the run, also when
      -- it took the last of the quota.
      SELECT * INTO prior_id, prior_hash FROM (
        SELECT run.id, run.payload_hash FROM action_runs run
        WHERE run.workspace_id = k.workspace_id AND run.id = r.run_id
        UNION ALL
        SELECT run.id, run.payload_hash FROM action_runs run
        WHERE run.workspace_id = k.workspace_id AND run.action_name = r.action_name AND run.idempotency_key = r.idempotency_key
          AND run.attempt = coalesce(prior_attempt + 1, 1)
      ) made LIMIT 1;
      IF prior_id IS NOT NULL THEN
        outcome := CASE WHEN prior_hash = decode(r.payload_hash, 'hex') THEN 'existing' ELSE 'idempotency_conflict' END;
        existing_run_id := prior_id;
      END IF;
      RETURN NEXT; CONTINUE;
    END IF;

    IF r.receipt_id IS NOT NULL THEN
      -- The application wrote the body around the one thing it cannot know: the database's time.
      receipt_body := array_to_string(r.receipt_parts, to_char(now_ms AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
      INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at)
      VALUES (r.receipt_id, k.workspace_id, 'decision', r.run_id, receipt_body,
              sha256('\x00'::bytea || convert_to(receipt_body, 'UTF8')), now_ms);
    ELSE
      -- The stages are read here, so that a process of the release before, which still serves, keeps to them too.
      INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at, stages)
      SELECT r.approval_request_id, k.workspace_id, r.run_id, array_agg(l.email), r.governance_reason, expires, now_ms,
        CASE WHEN act.approvals > 1 OR act.later_stages <> '[]' THEN
          jsonb_build_array(jsonb_build_object('approvals', act.approvals, 'people', jsonb_agg(l.email))) || act.later_stages END
      FROM jsonb_to_recordset(r.links) AS l(email text);
      FOR link IN SELECT * FROM jsonb_to_recordset(r.links) AS l(
        link_id uuid, delivery_id uuid, email text, token_hash text, sealed_token text)
      LOOP
        INSERT INTO decision_links (id, workspace_id, approval_request_id, approver_email, token_hash, expires_at, created_at)
        VALUES (link.link_id, k.workspace_id, r.approval_request_id, link.email, decode(link.token_hash, 'hex'), expires, now_ms);
        IF daai_count_up('emails_per_month', k.owner_id::text, this_month, r.emails_per_month) IS NULL THEN
          mail_not_sent_reason := 'monthly_email_limit';
        END IF;
        INSERT INTO email_deliveries (id, workspace_id, run_id, decision_link_id, kind, to_email, status, not_sent_reason,
          sealed_token, created_at)
        VALUES (link.delivery_id, k.workspace_id, r.run_id, link.link_id, 'approval_request', link.email,
          CASE WHEN mail_not_sent_reason IS NULL THEN 'queued' ELSE 'not_sent' END, mail_not_sent_reason,
          CASE WHEN mail_not_sent_reason IS NULL THEN decode(link.sealed_token, 'hex') END, now_ms);
        IF mail_not_sent_reason IS NULL THEN
          PERFORM graphile_worker.add_job('send-email', json_build_object('deliveryId', link.delivery_id));
        END IF;
      END LOOP;
      IF mail_not_sent_reason IS NOT NULL THEN
        UPDATE action_runs SET mail_not_sent_reason = 'monthly_email_limit' WHERE id = r.run_id;
      END IF;
      PERFORM graphile_worker.add_job('expire-run', json_build_object('runId', r.run_id), run_at => expires);
    END IF;

    IF k.last_used_at IS NULL OR k.last_used_at < now_ms - interval '5 minutes' THEN
      UPDATE api_keys SET last_used_at = now_ms WHERE id = k.api_key_id OR key_hash = decode(r.workspace_key_hash, 'hex');
    END IF;
    outcome := 'created'; RETURN NEXT;
  END LOOP;
END $function$;

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

