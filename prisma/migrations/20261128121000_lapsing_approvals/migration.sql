-- How long an approval is valid while nobody claims the run. Actions that were registered before this release keep approvals without
-- an end, as their apps expect; new ones start with a day, also when a process of the release before registers them.
ALTER TABLE registered_actions
  ADD COLUMN approval_valid_minutes int,
  ADD CONSTRAINT registered_actions_approval_valid CHECK (approval_valid_minutes BETWEEN 1 AND 525600);
ALTER TABLE registered_actions ALTER COLUMN approval_valid_minutes SET DEFAULT 1440;

ALTER TABLE action_runs ADD COLUMN approval_valid_until timestamptz(3);
CREATE INDEX action_runs_uncollected ON action_runs (approval_valid_until)
  WHERE execution_status = 'awaiting_execution_report' AND claim_token_hash IS NULL AND approval_valid_until IS NOT NULL;
CREATE INDEX action_runs_lapsed ON action_runs (workspace_id, id) WHERE governance_reason = 'approval_lapsed';

CREATE FUNCTION daai_limit_approval() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  SELECT NEW.decided_at + make_interval(mins => a.approval_valid_minutes) INTO NEW.approval_valid_until
  FROM registered_actions a WHERE a.id = NEW.action_id;
  IF NEW.approval_valid_until IS NOT NULL THEN
    PERFORM graphile_worker.add_job('lapse-approval', json_build_object('runId', NEW.id), run_at => NEW.approval_valid_until);
  END IF;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_limit_approval() IS 'An approval gets its end with the decision, by the database''s time and whichever process decides, and the job that ends it.';
CREATE TRIGGER action_runs_limit_approval BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW WHEN (old.governance_status = 'pending_approval' AND new.governance_status = 'approved')
  EXECUTE FUNCTION daai_limit_approval();

-- The rule of claims, with the end of the approval: an unclaimed run is not handed out after it, nor is one whose claim ran out.
CREATE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamptz, auto_releases_claims boolean,
  approval_valid_until timestamptz, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE AS $function$
  SELECT CASE
    WHEN execution_status <> 'awaiting_execution_report' THEN 'none'
    WHEN claim_token_hash IS NULL THEN CASE WHEN approval_valid_until <= at THEN 'approval_lapsed' ELSE 'none' END
    WHEN claim_expires_at > at THEN 'held'
    WHEN auto_releases_claims AND (approval_valid_until IS NULL OR approval_valid_until > at) THEN 'lapsed'
    ELSE 'in_doubt' END
$function$;
CREATE OR REPLACE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamptz, auto_releases_claims boolean, at timestamptz)
RETURNS text LANGUAGE sql IMMUTABLE AS $function$
  SELECT daai_claim_state(execution_status, claim_token_hash, claim_expires_at, auto_releases_claims, NULL, at)
$function$;
COMMENT ON FUNCTION daai_claim_state(text, bytea, timestamptz, boolean, timestamptz) IS 'For processes of the release before, which know no end of an approval.';

CREATE OR REPLACE FUNCTION daai_run_revoked()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, CASE WHEN NEW.governance_reason = 'approval_lapsed' THEN 'run.uncollected' ELSE 'run.revoked' END, NEW.decided_at);
  RETURN NULL;
END $function$;

-- Owners get an email about each approval that nobody collected.
ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_kind,
  ADD CONSTRAINT email_deliveries_kind CHECK (kind IN (
    'approval_request', 'bounce_notice', 'uncollected_notice', 'log_checkpoint', 'webhook_notice', 'sign_in_link', 'sign_up_confirmation',
    'account_exists', 'password_reset', 'invitation')),
  DROP CONSTRAINT email_deliveries_run,
  ADD CONSTRAINT email_deliveries_run CHECK (CASE kind
    WHEN 'approval_request' THEN workspace_id IS NOT NULL AND run_id IS NOT NULL AND decision_link_id IS NOT NULL
    WHEN 'uncollected_notice' THEN workspace_id IS NOT NULL AND run_id IS NOT NULL AND decision_link_id IS NULL
    ELSE run_id IS NULL AND decision_link_id IS NULL END);
-- A person is told once of each.
CREATE UNIQUE INDEX email_deliveries_uncollected_notice ON email_deliveries (run_id, to_email) WHERE kind = 'uncollected_notice';
