-- Standing grants: a person approves a run, and the same again within limits. And a ledger of the runs they allowed.
CREATE TABLE standing_grants (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  -- The run whose approval gave it, and what asked about that run.
  run_id uuid NOT NULL,
  action_id uuid NOT NULL,
  policy_version_id uuid NOT NULL,
  recipient_field text,
  asked_reason text NOT NULL,
  asked_rule text,
  -- The names of what must be the same, and the canonical text of their values, which is erased with the run.
  facts text[] NOT NULL,
  facts_text text,
  currency text,
  amount_each numeric(128, 64),
  total numeric(128, 64),
  max_uses integer NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  given_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  needs_confirmation boolean NOT NULL,
  confirmed_by text,
  confirmed_at timestamptz(3),
  ended_by text,
  ended_at timestamptz(3),
  ended_reason text,
  CONSTRAINT standing_grants_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT standing_grants_workspace_id_action_id_fkey FOREIGN KEY (workspace_id, action_id) REFERENCES registered_actions (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT standing_grants_facts CHECK (cardinality(facts) > 0),
  CONSTRAINT standing_grants_amounts CHECK ((amount_each IS NULL) = (total IS NULL) AND amount_each > 0 AND total >= amount_each),
  CONSTRAINT standing_grants_currency CHECK (currency IS NULL OR amount_each IS NOT NULL),
  CONSTRAINT standing_grants_uses CHECK (max_uses BETWEEN 1 AND 1000),
  CONSTRAINT standing_grants_end CHECK (ends_at > created_at AND ends_at <= created_at + interval '720 hours'),
  CONSTRAINT standing_grants_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL) AND (confirmed_by IS NULL OR needs_confirmation)),
  CONSTRAINT standing_grants_confirmed_by_another CHECK (daai_person(confirmed_by) <> daai_person(given_by)),
  CONSTRAINT standing_grants_ended CHECK ((ended_at IS NULL) = (ended_reason IS NULL)
    AND ended_reason IN ('revoked', 'policy_changed', 'approvals_changed', 'risk_raised', 'right_lost', 'approval_revoked', 'erased', 'workspace_deleted')
    AND (ended_by IS NOT NULL) = (ended_reason = 'revoked'))
);
CREATE UNIQUE INDEX standing_grants_workspace_id_id_key ON standing_grants (workspace_id, id);
CREATE UNIQUE INDEX standing_grants_workspace_id_run_id_key ON standing_grants (workspace_id, run_id);
CREATE INDEX standing_grants_open ON standing_grants (action_id, ends_at) WHERE ended_at IS NULL;

-- One run that a grant allowed. What is used of a grant is the sum of these, so the two can't differ.
CREATE TABLE grant_uses (
  run_id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL,
  grant_id uuid NOT NULL,
  -- What would have asked about the run.
  asked_reason text NOT NULL,
  amount numeric(128, 64),
  uses_before integer NOT NULL,
  used_before numeric(160, 64) NOT NULL,
  CONSTRAINT grant_uses_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT grant_uses_workspace_id_grant_id_fkey FOREIGN KEY (workspace_id, grant_id) REFERENCES standing_grants (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX grant_uses_by_grant ON grant_uses (grant_id, run_id);
CREATE UNIQUE INDEX grant_uses_workspace_id_run_id_key ON grant_uses (workspace_id, run_id);

-- A grant is confirmed once and ended once. What it allows stays as the person gave it.
CREATE TRIGGER standing_grants_kept BEFORE DELETE ON standing_grants FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER standing_grants_as_given BEFORE UPDATE ON standing_grants FOR EACH ROW
WHEN ((new.id, new.workspace_id, new.run_id, new.action_id, new.policy_version_id, new.asked_reason, new.facts, new.max_uses, new.ends_at,
    new.given_by, new.created_at, new.needs_confirmation)
  <> (old.id, old.workspace_id, old.run_id, old.action_id, old.policy_version_id, old.asked_reason, old.facts, old.max_uses, old.ends_at,
    old.given_by, old.created_at, old.needs_confirmation)
  OR new.recipient_field IS DISTINCT FROM old.recipient_field OR new.asked_rule IS DISTINCT FROM old.asked_rule
  OR new.currency IS DISTINCT FROM old.currency OR new.amount_each IS DISTINCT FROM old.amount_each OR new.total IS DISTINCT FROM old.total
  OR new.facts_text IS NOT NULL AND new.facts_text IS DISTINCT FROM old.facts_text
  OR old.confirmed_at IS NOT NULL AND (new.confirmed_at IS DISTINCT FROM old.confirmed_at OR new.confirmed_by IS DISTINCT FROM old.confirmed_by)
  OR old.ended_at IS NOT NULL AND (new.ended_at IS DISTINCT FROM old.ended_at OR new.ended_by IS DISTINCT FROM old.ended_by
    OR new.ended_reason IS DISTINCT FROM old.ended_reason OR new.confirmed_at IS DISTINCT FROM old.confirmed_at))
EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER standing_grants_no_truncate BEFORE TRUNCATE ON standing_grants FOR EACH STATEMENT EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER grant_uses_kept BEFORE UPDATE OR DELETE ON grant_uses FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER grant_uses_no_truncate BEFORE TRUNCATE ON grant_uses FOR EACH STATEMENT EXECUTE FUNCTION daai_forbid_change();

CREATE FUNCTION daai_check_grant() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM action_runs r WHERE r.id = NEW.run_id AND r.workspace_id = NEW.workspace_id AND r.action_id = NEW.action_id
      AND r.governance_status = 'approved' AND NOT r.is_test) THEN
    RAISE EXCEPTION 'a standing grant comes with the approval of a run of its action';
  END IF;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_check_grant() IS 'A standing grant is given with a person''s approval of a run of its action, never with a test.';
CREATE TRIGGER standing_grants_come_with_an_approval BEFORE INSERT ON standing_grants FOR EACH ROW EXECUTE FUNCTION daai_check_grant();

ALTER TABLE receipts
  DROP CONSTRAINT receipts_kind,
  ADD CONSTRAINT receipts_kind CHECK (kind IN ('decision', 'execution', 'erasure', 'log_restarted', 'revocation', 'freeze', 'thaw', 'vote',
    'vote_revocation', 'grant', 'grant_confirmation', 'grant_end'));

CREATE FUNCTION daai_grant_state(g standing_grants, uses int, used numeric, at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE AS $function$
  SELECT CASE
    WHEN g.ended_at IS NOT NULL THEN 'ended'
    WHEN at >= g.ends_at THEN 'expired'
    WHEN uses >= g.max_uses OR used >= g.total THEN 'used_up'
    WHEN g.needs_confirmation AND g.confirmed_at IS NULL THEN 'unconfirmed'
    ELSE 'live' END
$function$;
COMMENT ON FUNCTION daai_grant_state IS 'Whether a grant still allows anything, given what is used of it. The same rule as grantState in TypeScript.';

CREATE FUNCTION daai_grant_refusal(g standing_grants, uses int, used numeric, amount numeric, currency text, at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE AS $function$
  SELECT CASE
    WHEN daai_grant_state(g, uses, used, at) <> 'live' THEN daai_grant_state(g, uses, used, at)
    WHEN (amount IS NULL) <> (g.amount_each IS NULL) THEN 'amount'
    WHEN g.amount_each IS NULL THEN NULL
    WHEN currency IS DISTINCT FROM g.currency THEN 'currency'
    WHEN amount > g.amount_each THEN 'amount_each'
    WHEN used + amount > g.total THEN 'total' END
$function$;
COMMENT ON FUNCTION daai_grant_refusal IS 'Why a grant doesn''t allow a run of this amount, given what is used of it; null: it does. The same rule as grantRefusal in TypeScript.';

CREATE FUNCTION daai_answers_question(given_reason text, given_rule text, asked_reason text, asked_rule text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $function$
  SELECT asked_reason = 'budget_exceeded_requires_approval' OR given_reason = asked_reason AND given_rule IS NOT DISTINCT FROM asked_rule
$function$;
COMMENT ON FUNCTION daai_answers_question IS 'Whether a grant answers what is asked about a run: the question that its giver was asked, or a full budget, which any approval may exceed. The same rule as answersQuestion in TypeScript.';

CREATE FUNCTION daai_could_approve(action registered_actions, person text, deciders text[]) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  SELECT NOT daai_has_left(action.workspace_id, person) AND NOT daai_is_disabled(person) AND EXISTS (
    SELECT FROM workspaces w WHERE w.id = action.workspace_id AND w.deleted_at IS NULL AND (
      EXISTS (SELECT FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = w.id AND u.email = person AND m.role = ANY(deciders))
      OR person = ANY(CASE WHEN action.approver_emails <> '{}' THEN action.approver_emails WHEN w.approver_emails <> '{}' THEN w.approver_emails
        ELSE ARRAY(SELECT u.email FROM users u WHERE u.id = w.owner_id) END)))
$function$;
COMMENT ON FUNCTION daai_could_approve IS 'Whether this person could approve every run of an action, by their role or because they are asked about each. Who stands in for someone, or was asked about one run alone, could not.';

CREATE FUNCTION daai_grant_lost(g standing_grants, deciders text[]) RETURNS text
LANGUAGE sql STABLE AS $function$
  SELECT CASE
    WHEN g.facts_text IS NULL THEN 'erased'
    WHEN EXISTS (SELECT FROM workspaces w WHERE w.id = g.workspace_id AND w.deleted_at IS NOT NULL) THEN 'workspace_deleted'
    WHEN (SELECT p.id FROM policy_versions p WHERE p.action_id = a.id AND p.version = a.policy_version) IS DISTINCT FROM g.policy_version_id
      OR a.recipient_field IS DISTINCT FROM g.recipient_field THEN 'policy_changed'
    WHEN a.approvals > 1 OR a.later_stages <> '[]' THEN 'approvals_changed'
    WHEN a.risk_level = 'critical' AND NOT g.needs_confirmation THEN 'risk_raised'
    WHEN NOT daai_could_approve(a, g.given_by, deciders)
      OR g.confirmed_by IS NOT NULL AND NOT daai_could_approve(a, g.confirmed_by, deciders) THEN 'right_lost'
    WHEN EXISTS (SELECT FROM action_runs r WHERE r.id = g.run_id AND r.governance_reason = 'approval_revoked') THEN 'approval_revoked' END
  FROM registered_actions a WHERE a.id = g.action_id
$function$;
COMMENT ON FUNCTION daai_grant_lost IS 'Why a grant that nobody revoked has to end; null: it doesn''t. Checked with each use, and the end recorded with the change that causes it.';

CREATE FUNCTION daai_live_grants(action uuid, at timestamptz) RETURNS SETOF standing_grants
LANGUAGE sql STABLE AS $function$
  SELECT g.* FROM standing_grants g
  CROSS JOIN LATERAL (SELECT count(*)::int AS uses, coalesce(sum(u.amount), 0) AS used FROM grant_uses u WHERE u.grant_id = g.id) spent
  WHERE g.action_id = $1 AND g.ended_at IS NULL AND g.ends_at > $2 AND g.facts_text IS NOT NULL AND daai_grant_state(g, spent.uses, spent.used, $2) = 'live'
$function$;
COMMENT ON FUNCTION daai_live_grants IS 'The grants that could allow a run of an action now.';

CREATE FUNCTION daai_use_grant(workspace uuid, action uuid, api_key uuid, proposed jsonb, run_amount numeric, run_currency text, at timestamptz) RETURNS grant_uses
LANGUAGE plpgsql AS $function$
DECLARE
  g standing_grants;
  u grant_uses;
BEGIN
  -- Proposals of one owner follow each other by the owner's counter, so who else holds the row ends or confirms the grant. A proposal doesn't wait
  -- for that: its batch may hold a grant that the other one waits for. Over the end of a month, when the counter changes, a person may be asked.
  SELECT * INTO g FROM standing_grants s WHERE s.id = (proposed->>'id')::uuid AND s.workspace_id = workspace AND s.action_id = action
  FOR NO KEY UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- A statement of its own, which sees every use that was committed before the lock.
  SELECT count(*), coalesce(sum(x.amount), 0) INTO u.uses_before, u.used_before FROM grant_uses x WHERE x.grant_id = g.id;
  u.grant_id := g.id;
  u.asked_reason := proposed->>'asked_reason';
  u.amount := run_amount;
  IF daai_grant_refusal(g, u.uses_before, u.used_before, run_amount, run_currency, at) IS NOT NULL
    OR g.facts_text IS DISTINCT FROM proposed->>'facts_text'
    OR NOT daai_answers_question(g.asked_reason, g.asked_rule, u.asked_reason, proposed->>'asked_rule')
    OR daai_grant_lost(g, ARRAY(SELECT jsonb_array_elements_text(proposed->'deciders'))) IS NOT NULL
    -- Nobody approves what they proposed. And a test uses nothing up.
    OR EXISTS (SELECT FROM api_keys k, registered_actions a WHERE k.id = api_key AND a.id = action AND (k.kind = 'test'
      OR a.requires_four_eyes AND daai_person(k.created_by) IN (daai_person(g.given_by), daai_person(g.confirmed_by))))
  THEN RETURN NULL; END IF;
  RETURN u;
END $function$;
COMMENT ON FUNCTION daai_use_grant IS 'The line of the ledger for a run that a grant allows; null when it doesn''t allow it. Holds the grant''s row lock until the transaction ends, so that its limits are exact and its revocation is.';

CREATE FUNCTION daai_run_grant(run uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $function$
  SELECT jsonb_build_object('id', g.id, 'run_id', g.run_id, 'given_by', g.given_by, 'given_at', daai_iso_time(g.created_at),
    'confirmed_by', g.confirmed_by, 'facts', g.facts, 'asked_reason', u.asked_reason, 'currency', g.currency,
    'amount_each', trim_scale(g.amount_each)::text, 'total', trim_scale(g.total)::text, 'max_uses', g.max_uses, 'ends_at', daai_iso_time(g.ends_at),
    'uses_before', u.uses_before, 'used_before', trim_scale(u.used_before)::text)
  FROM grant_uses u JOIN standing_grants g ON g.id = u.grant_id WHERE u.run_id = run
$function$;
COMMENT ON FUNCTION daai_run_grant IS 'The standing grant that allowed a run, as the wire has it; null when none did.';

CREATE FUNCTION daai_new_id(at timestamptz) RETURNS uuid
LANGUAGE sql VOLATILE AS $function$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$function$;
COMMENT ON FUNCTION daai_new_id IS 'A new id whose first 48 bits are the time (UUID version 7), so that ids sort by it.';

CREATE FUNCTION daai_end_grant(grant_id uuid, reason text, person text, channel text) RETURNS boolean
LANGUAGE plpgsql AS $function$
DECLARE
  g standing_grants;
  receipt uuid;
  body text;
  at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  UPDATE standing_grants s SET ended_at = at, ended_by = person, ended_reason = reason WHERE s.id = $1 AND s.ended_at IS NULL RETURNING * INTO g;
  IF NOT FOUND THEN RETURN false; END IF;
  receipt := daai_new_id(at);
  -- The canonical text: members in order, no blanks.
  body := concat('{"action":', to_json((SELECT a.name FROM registered_actions a WHERE a.id = g.action_id)),
    ',"channel":', coalesce(to_json(channel)::text, 'null'), ',"ended_at":', to_json(daai_iso_time(at)),
    ',"ended_by":', coalesce(to_json(person)::text, 'null'), ',"grant_id":"', g.id, '","kind":"grant_end","reason":', to_json(reason),
    ',"receipt_id":"', receipt, '","run_id":"', g.run_id,
    '","uses":', (SELECT count(*) FROM grant_uses u WHERE u.grant_id = g.id), ',"v":1,"workspace_id":"', g.workspace_id, '"}');
  INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at)
  VALUES (receipt, g.workspace_id, 'grant_end', g.run_id, body, sha256('\x00'::bytea || convert_to(body, 'UTF8')), at);
  RETURN true;
END $function$;
COMMENT ON FUNCTION daai_end_grant IS 'Ends a grant from the next transaction on, with its receipt. False: it had ended. A use that came first has committed by then.';

CREATE FUNCTION daai_end_lost_grants(workspace uuid, deciders text[]) RETURNS TABLE (grant_id uuid, given_by text, reason text)
LANGUAGE plpgsql AS $function$
#variable_conflict use_column
BEGIN
  FOR grant_id, given_by, reason IN
    SELECT g.id, g.given_by, daai_grant_lost(g, deciders) FROM standing_grants g
    WHERE g.workspace_id = workspace AND g.ended_at IS NULL AND g.ends_at > clock_timestamp() AND daai_grant_lost(g, deciders) IS NOT NULL
    ORDER BY g.id
  LOOP
    IF daai_end_grant(grant_id, reason, NULL, NULL) THEN RETURN NEXT; END IF;
  END LOOP;
END $function$;
COMMENT ON FUNCTION daai_end_lost_grants IS 'Ends every grant of a workspace that has to end, in the transaction of the change that causes it.';

CREATE FUNCTION daai_erase_grant_facts() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  UPDATE standing_grants SET facts_text = NULL WHERE run_id = NEW.id AND facts_text IS NOT NULL;
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_erase_grant_facts() IS 'The values of a grant are erased with the run that they were read from.';
CREATE TRIGGER action_runs_erase_grant_facts AFTER UPDATE ON action_runs FOR EACH ROW
WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
EXECUTE FUNCTION daai_erase_grant_facts();

-- Added to the functions as they stand, whatever came before in this release.
DO $migration$
DECLARE
  definition text;
  said text := obj_description('daai_intercept(jsonb)'::regprocedure);
  change text[];
BEGIN
  definition := pg_get_functiondef('daai_intercept(jsonb)'::regprocedure);
  FOREACH change SLICE 1 IN ARRAY ARRAY[
    ['mail_not_sent_reason text, budget jsonb', 'mail_not_sent_reason text, budget jsonb, standing_grant jsonb'],
    ['  is_counted boolean;', '  is_counted boolean;
  grant_use grant_uses;'],
    ['    budgets jsonb, over_budget uuid,', '    grants jsonb, budgets jsonb, over_budget uuid,'],
    ['    budget := NULL; ledger := NULL;', '    standing_grant := NULL; grant_use := NULL; budget := NULL; ledger := NULL;'],
    ['    expires := CASE WHEN r.governance_status', '    IF outcome IS NULL AND r.grants ? ''id'' THEN
      grant_use := daai_use_grant(k.workspace_id, act.id, k.api_key_id, r.grants, r.amount, r.currency, now_ms);
      IF grant_use.grant_id IS NULL THEN outcome := ''grant_refused''; END IF;
    ELSIF outcome IS NULL AND r.governance_status = ''pending_approval'' AND r.grants IS NOT NULL THEN
      -- Before a person is asked, every grant there is has been tried.
      IF EXISTS (SELECT FROM daai_live_grants(act.id, now_ms) g WHERE NOT r.grants->''known'' ? g.id::text) THEN outcome := ''stale''; END IF;
    END IF;

    expires := CASE WHEN r.governance_status'],
    ['      IF is_new AND ledger IS NOT NULL THEN', '      IF is_new AND grant_use.grant_id IS NOT NULL THEN
        INSERT INTO grant_uses (run_id, workspace_id, grant_id, asked_reason, amount, uses_before, used_before)
        VALUES (r.run_id, k.workspace_id, grant_use.grant_id, grant_use.asked_reason, grant_use.amount, grant_use.uses_before, grant_use.used_before);
        standing_grant := daai_run_grant(r.run_id);
      END IF;
      IF is_new AND ledger IS NOT NULL THEN'],
    ['      INSERT INTO receipts (id, workspace_id, kind, run_id, body', '      IF standing_grant IS NOT NULL THEN
        receipt_body := replace(replace(receipt_body, r.grants->>''mark'' || ''-uses'', standing_grant->>''uses_before''),
          r.grants->>''mark'' || ''-used'', standing_grant->>''used_before'');
      END IF;
      INSERT INTO receipts (id, workspace_id, kind, run_id, body']
  ] LOOP
    IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
      RAISE EXCEPTION 'daai_intercept has changed: % is not in it once', change[1];
    END IF;
    definition := replace(definition, change[1], change[2]);
  END LOOP;
  DROP FUNCTION daai_intercept(jsonb);
  EXECUTE definition;
  EXECUTE format('COMMENT ON FUNCTION daai_intercept(jsonb) IS %L', said);

  definition := pg_get_functiondef('daai_queue_webhooks(action_runs, text, timestamptz)'::regprocedure);
  change := ARRAY['''execution_status'', run.execution_status, ''in_doubt''', '''grant'', daai_run_grant(run.id),
        ''execution_status'', run.execution_status, ''in_doubt'''];
  IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
    RAISE EXCEPTION 'daai_queue_webhooks has changed';
  END IF;
  EXECUTE replace(definition, change[1], change[2]);

  change := ARRAY['encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), ''hex'')::uuid', 'daai_new_id(at)'];
  FOREACH definition IN ARRAY ARRAY[pg_get_functiondef('daai_queue_webhooks(action_runs, text, timestamptz)'::regprocedure),
    pg_get_functiondef('daai_queue_freeze_webhooks(freezes, uuid, text, timestamptz)'::regprocedure)] LOOP
    IF position(change[1] IN definition) = 0 THEN RAISE EXCEPTION 'ids are made in another way'; END IF;
    EXECUTE replace(definition, change[1], change[2]);
  END LOOP;
END $migration$;
