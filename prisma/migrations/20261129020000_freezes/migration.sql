-- A freeze stops a workspace, an action, an API key or the whole console until somebody thaws it. While it lasts, new proposals are
-- blocked, nothing is handed out, and deadlines stand still.
CREATE TABLE freezes (
  id uuid PRIMARY KEY,
  -- null: the whole console.
  workspace_id uuid REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  action_id uuid,
  api_key_id uuid,
  reason text NOT NULL,
  frozen_by text NOT NULL,
  channel text NOT NULL,
  -- Whoever froze it may not thaw it, whatever the workspace's setting becomes.
  needs_another_person boolean NOT NULL,
  frozen_at timestamptz(3) NOT NULL,
  thawed_at timestamptz(3),
  thawed_by text,
  thaw_channel text,
  thaw_comment text,
  CONSTRAINT freezes_workspace_id_action_id_fkey FOREIGN KEY (workspace_id, action_id) REFERENCES registered_actions (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT freezes_workspace_id_api_key_id_fkey FOREIGN KEY (workspace_id, api_key_id) REFERENCES api_keys (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT freezes_one_thing CHECK (num_nonnulls(action_id, api_key_id) <= CASE WHEN workspace_id IS NULL THEN 0 ELSE 1 END),
  CONSTRAINT freezes_channel CHECK (channel IN ('console', 'admin_cli')),
  CONSTRAINT freezes_thaw_channel CHECK (thaw_channel IN ('console', 'admin_cli')),
  CONSTRAINT freezes_thawed CHECK ((thawed_at IS NULL) = (thawed_by IS NULL) AND (thawed_at IS NULL) = (thaw_channel IS NULL)
    AND (thawed_at IS NOT NULL OR thaw_comment IS NULL) AND thawed_at >= frozen_at)
);
-- One freeze at a time of the same thing.
CREATE UNIQUE INDEX freezes_one_at_a_time ON freezes ((coalesce(api_key_id, action_id, workspace_id, '00000000-0000-0000-0000-000000000000'))) WHERE thawed_at IS NULL;
CREATE INDEX freezes_workspace_id_id_idx ON freezes (workspace_id, id);

CREATE TRIGGER freezes_kept BEFORE DELETE ON freezes FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER freezes_no_truncate BEFORE TRUNCATE ON freezes FOR EACH STATEMENT EXECUTE FUNCTION daai_forbid_change();
-- A freeze changes once: when it is thawed.
CREATE TRIGGER freezes_thawed_once BEFORE UPDATE ON freezes FOR EACH ROW
  WHEN (old.thawed_at IS NOT NULL OR new.thawed_at IS NULL OR new.id <> old.id OR new.workspace_id IS DISTINCT FROM old.workspace_id
    OR new.action_id IS DISTINCT FROM old.action_id OR new.api_key_id IS DISTINCT FROM old.api_key_id OR new.reason <> old.reason
    OR new.frozen_by <> old.frozen_by OR new.channel <> old.channel OR new.needs_another_person <> old.needs_another_person
    OR new.frozen_at <> old.frozen_at)
  EXECUTE FUNCTION daai_forbid_change();

ALTER TABLE workspaces ADD COLUMN thaw_needs_another_person boolean NOT NULL DEFAULT false;

ALTER TABLE receipts
  DROP CONSTRAINT receipts_kind,
  DROP CONSTRAINT receipts_run,
  ADD CONSTRAINT receipts_kind CHECK (kind IN ('decision', 'execution', 'erasure', 'log_restarted', 'revocation', 'freeze', 'thaw')),
  ADD CONSTRAINT receipts_run CHECK ((kind IN ('log_restarted', 'freeze', 'thaw')) = (run_id IS NULL));

-- How long a request's time stood still: its reminders come that much later.
ALTER TABLE approval_requests ADD COLUMN stood_still_ms bigint NOT NULL DEFAULT 0;

CREATE FUNCTION daai_frozen_since(workspace_id uuid, action_id uuid, api_key_id uuid) RETURNS timestamptz
-- So cheap that daai_claim_state is still written into the queries around it.
LANGUAGE plpgsql STABLE COST 5 AS $function$
DECLARE
  since timestamptz;
BEGIN
  SELECT min(f.frozen_at) INTO since FROM freezes f
  WHERE f.thawed_at IS NULL AND (f.workspace_id IS NULL OR f.workspace_id = $1)
    AND (f.action_id IS NULL OR f.action_id = $2) AND (f.api_key_id IS NULL OR f.api_key_id = $3);
  IF since IS NULL THEN RETURN NULL; END IF;
  RETURN greatest(since, (SELECT max(f.thawed_at) FROM freezes f
    WHERE f.thawed_at > since AND (f.workspace_id IS NULL OR f.workspace_id = $1)
      AND (f.action_id IS NULL OR f.action_id = $2) AND (f.api_key_id IS NULL OR f.api_key_id = $3)));
END $function$;
COMMENT ON FUNCTION daai_frozen_since(uuid, uuid, uuid) IS 'Since when time has stood still for what is proposed with this key for this action; null: it is not frozen. Where freezes overlap, each thaw gives back the time until then, so only the rest counts.';

CREATE FUNCTION daai_is_overdue(run action_runs, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $function$
  SELECT run.expires_at <= at AND coalesce(run.expires_at <= daai_frozen_since(run.workspace_id, run.action_id, run.api_key_id), true)
$function$;
COMMENT ON FUNCTION daai_is_overdue(action_runs, timestamptz) IS 'Whether the approval window of a run is over. While the run is frozen, no window ends.';

CREATE FUNCTION daai_delay_freezes(workspace_id uuid) RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(72707374, 0), pg_advisory_xact_lock_shared(72707374, hashtext(workspace_id::text));
END $function$;
COMMENT ON FUNCTION daai_delay_freezes(uuid) IS 'Until the transaction ends, nothing of this workspace is frozen by anyone else. Whoever lets a run through asks for this first and then, in another statement, for daai_frozen_since: either the freeze comes after the run, or the run finds the freeze.';

-- The rule of claims, with freezes: a frozen run is not handed out, its approval does not lapse, and a claim that ran out is in doubt.
DROP FUNCTION daai_claim_state(text, bytea, timestamptz, boolean, timestamptz, timestamptz);
CREATE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamptz, auto_releases_claims boolean,
  approval_valid_until timestamptz, frozen_since timestamptz, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE AS $function$
  SELECT CASE
    WHEN execution_status <> 'awaiting_execution_report' THEN 'none'
    WHEN claim_token_hash IS NULL THEN CASE
      WHEN approval_valid_until <= least(at, frozen_since) THEN 'approval_lapsed'
      WHEN frozen_since IS NOT NULL THEN 'frozen'
      ELSE 'none' END
    WHEN claim_expires_at > at THEN 'held'
    WHEN auto_releases_claims AND frozen_since IS NULL AND (approval_valid_until IS NULL OR approval_valid_until > at) THEN 'lapsed'
    ELSE 'in_doubt' END
$function$;
CREATE OR REPLACE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamptz, auto_releases_claims boolean, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE AS $function$
  SELECT daai_claim_state(execution_status, claim_token_hash, claim_expires_at, auto_releases_claims, NULL, NULL, at)
$function$;
COMMENT ON FUNCTION daai_claim_state(text, bytea, timestamptz, boolean, timestamptz) IS 'For processes of the release before, which know no end of an approval and no freezes.';

CREATE OR REPLACE FUNCTION daai_asked_about(person uuid)
 RETURNS TABLE(workspace_id uuid, run_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT DISTINCT request.workspace_id, request.run_id FROM users u
  -- Links of frozen runs stay open; whether the run is still undecided is asked of the run.
  JOIN decision_links link ON link.approver_email = u.email AND link.withdrawn_at IS NULL
    AND link.expires_at > least(now(), (SELECT min(f.frozen_at) FROM freezes f WHERE f.thawed_at IS NULL))
  JOIN approval_requests request
    ON request.workspace_id = link.workspace_id AND request.id = link.approval_request_id AND u.email = ANY(request.approver_emails)
  JOIN workspaces w ON w.id = link.workspace_id AND w.deleted_at IS NULL
  WHERE u.id = person AND u.email_verified_at IS NOT NULL AND NOT daai_has_left(link.workspace_id, u.email)
    AND NOT daai_is_disabled(u.email)
$function$;

CREATE OR REPLACE FUNCTION daai_waiting_for(person uuid, deciders text[], most integer)
 RETURNS TABLE(workspace_id uuid, run_id uuid, risk_level text, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_decides_in(person, deciders) mine CROSS JOIN LATERAL (
    SELECT r.workspace_id, r.id, r.risk_level, r.expires_at FROM action_runs r
    WHERE r.workspace_id = mine.workspace_id AND r.governance_status = 'pending_approval' AND NOT daai_is_overdue(r, now())
    ORDER BY daai_risk_rank(r.risk_level) DESC, r.expires_at, r.id LIMIT most) run
  UNION ALL
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_asked_about(person) asked JOIN action_runs run ON run.id = asked.run_id
  WHERE run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, now())
    AND asked.workspace_id NOT IN (SELECT mine.workspace_id FROM daai_decides_in(person, deciders) mine)
$function$;

CREATE FUNCTION daai_queue_freeze_webhooks(stop freezes, to_workspace_id uuid, event text, at timestamptz) RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
  listening record;
  delivery_id uuid;
BEGIN
  FOR listening IN
    SELECT e.id FROM webhook_endpoints e
    WHERE e.workspace_id = to_workspace_id AND e.disabled_at IS NULL AND e.deleted_at IS NULL AND event = ANY (e.event_types)
    ORDER BY e.id
  LOOP
    delivery_id := encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid;
    INSERT INTO webhook_deliveries (id, workspace_id, endpoint_id, event_type, body, status, created_at, next_attempt_at)
    VALUES (delivery_id, to_workspace_id, listening.id, event, json_build_object(
      'type', event, 'timestamp', daai_iso_time(at), 'data', json_build_object(
        'freeze_id', stop.id, 'workspace_id', to_workspace_id,
        'scope', CASE WHEN stop.workspace_id IS NULL THEN 'console' WHEN stop.action_id IS NOT NULL THEN 'action'
          WHEN stop.api_key_id IS NOT NULL THEN 'api_key' ELSE 'workspace' END,
        'action', (SELECT a.name FROM registered_actions a WHERE a.id = stop.action_id),
        'api_key_id', stop.api_key_id, 'reason', stop.reason,
        'frozen_at', daai_iso_time(stop.frozen_at), 'frozen_by', stop.frozen_by,
        'thawed_at', daai_iso_time(stop.thawed_at), 'thawed_by', stop.thawed_by))::text, 'queued', at, at);
    PERFORM daai_send_webhook(delivery_id, listening.id, NULL);
  END LOOP;
END $function$;
COMMENT ON FUNCTION daai_queue_freeze_webhooks(freezes, uuid, text, timestamptz) IS 'One delivery for every endpoint of the workspace that listens to the event, like daai_queue_webhooks. A freeze of the whole console is told to every workspace.';

-- Added to the function as it stands, whatever came before in this release.
DO $migration$
DECLARE
  before text := pg_get_functiondef('daai_intercept(jsonb)'::regprocedure);
  place text := '    expires := CASE WHEN r.governance_status';
  added text := $added$    -- Last, so that whoever waits for the owner's counter does not keep a freeze waiting; and in two statements, the second of which
    -- sees every freeze that was there before the first.
    IF outcome IS NULL THEN
      PERFORM daai_delay_freezes(k.workspace_id);
      IF (daai_frozen_since(k.workspace_id, act.id, k.api_key_id) IS NOT NULL) <> (r.governance_reason = 'frozen') THEN outcome := 'stale'; END IF;
    END IF;

$added$;
BEGIN
  IF length(before) - length(replace(before, place, '')) <> length(place) THEN
    RAISE EXCEPTION 'daai_intercept has changed: there is no single place for freezes in it';
  END IF;
  EXECUTE replace(before, place, added || place);
END $migration$;
