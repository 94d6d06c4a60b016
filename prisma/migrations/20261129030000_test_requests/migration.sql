-- A member can try an action from the console: a request like any other, except that nothing ever runs. It is proposed with a key of its
-- own kind, of which there is no secret, and what is proposed with such a key never awaits an execution report. Everything that hands
-- out, reports, renews or counts runs to execute asks for that status, also in a process of the release before.
ALTER TABLE api_keys
  DROP CONSTRAINT api_keys_kind,
  ADD CONSTRAINT api_keys_kind CHECK (kind IN ('api', 'workspace', 'test'));
CREATE UNIQUE INDEX api_keys_test ON api_keys (workspace_id, created_by) WHERE kind = 'test';

ALTER TABLE action_runs
  ADD COLUMN is_test boolean NOT NULL DEFAULT false,
  DROP CONSTRAINT action_runs_statuses,
  ADD CONSTRAINT action_runs_statuses CHECK (
    (governance_status IN ('allowed', 'approved') AND (CASE WHEN is_test THEN execution_status = 'not_executed'
      ELSE execution_status IN ('awaiting_execution_report', 'executed', 'failed') END))
    OR (governance_status IN ('pending_approval', 'rejected', 'blocked') AND execution_status = 'not_executed')),
  ADD CONSTRAINT action_runs_test_unclaimed CHECK (NOT (is_test AND claim_token_hash IS NOT NULL));

CREATE FUNCTION daai_mark_test() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  NEW.is_test := EXISTS (SELECT FROM api_keys key WHERE key.id = NEW.api_key_id AND key.kind = 'test');
  IF NEW.is_test THEN NEW.execution_status := 'not_executed'; END IF;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_mark_test() IS 'A run proposed with a test key is a test, whatever else is said of it, and nothing of it ever runs.';
CREATE TRIGGER action_runs_mark_test BEFORE INSERT ON action_runs FOR EACH ROW EXECUTE FUNCTION daai_mark_test();

CREATE FUNCTION daai_keep_test() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  NEW.is_test := OLD.is_test;
  IF NEW.is_test THEN NEW.execution_status := 'not_executed'; END IF;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_keep_test() IS 'A test stays a test: approving it makes nothing executable, whichever process decides.';
CREATE TRIGGER action_runs_keep_test BEFORE UPDATE ON action_runs
  FOR EACH ROW WHEN (old.is_test <> new.is_test OR new.is_test AND new.execution_status <> 'not_executed')
  EXECUTE FUNCTION daai_keep_test();

-- The approval of a test has nothing to last for.
DROP TRIGGER action_runs_limit_approval ON action_runs;
CREATE TRIGGER action_runs_limit_approval BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW WHEN (old.governance_status = 'pending_approval' AND new.governance_status = 'approved' AND NOT new.is_test)
  EXECUTE FUNCTION daai_limit_approval();

CREATE OR REPLACE FUNCTION daai_check_keys(api_key_hash bytea, workspace_key_hash bytea)
 RETURNS TABLE(refusal text, api_key_id uuid, workspace_id uuid, owner_id uuid, config_version integer, last_used_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT CASE
      WHEN a.id IS NULL THEN 'invalid_api_key'
      WHEN k.id IS NULL THEN 'invalid_workspace_key'
      WHEN k.workspace_id <> a.workspace_id THEN 'keys_of_different_workspaces'
    END, a.id, a.workspace_id, a.owner_id, a.config_version, a.last_used_at
  FROM (VALUES (1)) AS one
  LEFT JOIN LATERAL (
    SELECT key.id, key.workspace_id, key.last_used_at, w.owner_id, w.config_version
    FROM api_keys key JOIN workspaces w ON w.id = key.workspace_id
    WHERE key.key_hash = $1 AND key.kind IN ('api', 'test') AND key.revoked_at IS NULL
      AND (key.expires_at IS NULL OR key.expires_at > statement_timestamp()) AND w.deleted_at IS NULL) a ON true
  LEFT JOIN LATERAL (
    SELECT key.id, key.workspace_id FROM api_keys key
    WHERE key.key_hash = $2 AND key.kind IN ('workspace', 'test') AND key.revoked_at IS NULL
      AND (key.expires_at IS NULL OR key.expires_at > statement_timestamp())) k ON true
$function$;

-- Apps are sent nothing about tests: one that executes what a webhook tells it must not be told of an approval that isn't meant for it.
CREATE OR REPLACE FUNCTION daai_queue_webhooks(run action_runs, event text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  listening record;
  delivery_id uuid;
BEGIN
  IF run.is_test THEN RETURN; END IF;
  FOR listening IN
    SELECT e.id FROM webhook_endpoints e
    WHERE e.workspace_id = run.workspace_id AND e.disabled_at IS NULL AND e.deleted_at IS NULL AND event = ANY (e.event_types)
    ORDER BY e.id
  LOOP
    delivery_id := encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid;
    INSERT INTO webhook_deliveries (id, workspace_id, endpoint_id, run_id, event_type, body, status, created_at, next_attempt_at)
    VALUES (delivery_id, run.workspace_id, listening.id, run.id, event, json_build_object(
      'type', event, 'timestamp', daai_iso_time(at), 'data', json_build_object(
        'action_run_id', run.id, 'workspace_id', run.workspace_id, 'action', run.action_name, 'risk_level', run.risk_level,
        'governance_status', run.governance_status, 'governance_reason', run.governance_reason, 'policy_rule', run.policy_rule,
        'execution_status', run.execution_status, 'in_doubt', event = 'run.in_doubt',
        'proposed_at', daai_iso_time(run.created_at), 'expires_at', daai_iso_time(run.expires_at),
        'decided_at', daai_iso_time(run.decided_at),
        -- The same rule as wireDecision in TypeScript.
        'decision', CASE WHEN run.governance_status <> 'pending_approval' THEN json_build_object(
          'outcome', run.governance_status, 'reason', run.governance_reason, 'by', run.decided_by,
          'at', daai_iso_time(run.decided_at), 'comment', run.decision_comment) END))::text, 'queued', at, at);
    PERFORM daai_send_webhook(delivery_id, listening.id, NULL);
  END LOOP;
END $function$;
