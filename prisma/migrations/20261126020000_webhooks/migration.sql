-- Webhooks to programs, and the channels by which people are told (Slack, a notification webhook). All of them are endpoints
-- of a workspace, and what is sent to them leaves through one outbox.

ALTER TABLE webhook_endpoints
  ADD COLUMN kind text NOT NULL DEFAULT 'webhook',
  -- Where the address itself is the secret; `url` then holds what of it may be shown.
  ADD COLUMN sealed_url bytea,
  ADD COLUMN sealed_old_secret bytea,
  ADD COLUMN old_secret_ends_at timestamptz(3),
  ADD COLUMN disabled_reason text,
  -- Since when nothing has been taken: set by the first failure after a success, taken away by a success.
  ADD COLUMN failing_since timestamptz(3),
  ADD COLUMN deleted_at timestamptz(3),
  ALTER COLUMN sealed_secret DROP NOT NULL,
  ADD CONSTRAINT webhook_endpoints_kind CHECK (kind IN ('webhook', 'notification', 'slack')),
  ADD CONSTRAINT webhook_endpoints_disabled CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL)),
  ADD CONSTRAINT webhook_endpoints_disabled_reason CHECK (disabled_reason IN ('person', 'failing', 'gone')),
  ADD CONSTRAINT webhook_endpoints_old_secret CHECK ((sealed_old_secret IS NULL) = (old_secret_ends_at IS NULL)),
  -- The secrets of a deleted one are gone.
  ADD CONSTRAINT webhook_endpoints_sealed CHECK (CASE
    WHEN deleted_at IS NOT NULL THEN sealed_secret IS NULL AND sealed_url IS NULL
    WHEN kind = 'slack' THEN sealed_secret IS NULL AND sealed_url IS NOT NULL
    ELSE sealed_secret IS NOT NULL AND sealed_url IS NULL END);

ALTER TABLE webhook_deliveries
  ADD COLUMN run_id uuid,
  ADD COLUMN next_attempt_at timestamptz(3),
  ADD COLUMN last_attempt_at timestamptz(3),
  ADD COLUMN response_body text,
  ADD COLUMN duration_ms int,
  ADD CONSTRAINT webhook_deliveries_run_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT webhook_deliveries_next CHECK ((status = 'queued') = (next_attempt_at IS NOT NULL)),
  ADD CONSTRAINT webhook_deliveries_delivered CHECK ((status = 'delivered') = (delivered_at IS NOT NULL));

-- What an event looks for, in the transaction of the run: nothing is found and nothing else is read where there are none.
CREATE INDEX webhook_endpoints_listening ON webhook_endpoints (workspace_id) WHERE disabled_at IS NULL AND deleted_at IS NULL;
CREATE INDEX webhook_deliveries_queued ON webhook_deliveries (endpoint_id, next_attempt_at) WHERE status = 'queued';
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at) WHERE status <> 'queued';

-- When a claim that ran out was noticed; before claimed_at: that was an earlier claim.
ALTER TABLE action_runs ADD COLUMN doubt_noticed_at timestamptz(3);

-- A job that sends what is due for the endpoint. One of its own for every delivery: a shared one would be a row that
-- transactions of the same workspace wait for. Asked for twice it is one job.
CREATE FUNCTION daai_send_webhook(delivery_id uuid, endpoint_id uuid, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM graphile_worker.add_job('send-webhooks', json_build_object('endpointId', endpoint_id),
    run_at => at, job_key => 'webhook ' || delivery_id);
END $$;

CREATE FUNCTION daai_iso_time(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- One delivery for every endpoint that listens to the event. The first 48 bits of the id are the time (UUID version 7), so
-- that ids are in the order of the events.
CREATE FUNCTION daai_queue_webhooks(run action_runs, event text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  listening record;
  delivery_id uuid;
BEGIN
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
        'governance_status', run.governance_status, 'governance_reason', run.governance_reason,
        'execution_status', run.execution_status, 'in_doubt', event = 'run.in_doubt',
        'proposed_at', daai_iso_time(run.created_at), 'expires_at', daai_iso_time(run.expires_at),
        'decided_at', daai_iso_time(run.decided_at)))::text, 'queued', at, at);
    PERFORM daai_send_webhook(delivery_id, listening.id, NULL);
  END LOOP;
END $$;

-- In the transaction of the change, whoever writes it. A run that its policy decides fires none of these: the program has
-- its answer already.
CREATE FUNCTION daai_run_pending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.pending', NEW.created_at);
  RETURN NULL;
END $$;
CREATE FUNCTION daai_run_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM daai_queue_webhooks(NEW, CASE WHEN NEW.governance_reason = 'approval_expired' THEN 'run.expired' ELSE 'run.decided' END, NEW.decided_at);
  RETURN NULL;
END $$;
CREATE FUNCTION daai_run_reported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.' || NEW.execution_status, NEW.execution_reported_at);
  RETURN NULL;
END $$;
CREATE FUNCTION daai_run_in_doubt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.in_doubt', NEW.doubt_noticed_at);
  RETURN NULL;
END $$;

CREATE TRIGGER action_runs_tell_pending AFTER INSERT ON action_runs FOR EACH ROW
  WHEN (NEW.governance_status = 'pending_approval') EXECUTE FUNCTION daai_run_pending();
CREATE TRIGGER action_runs_tell_decided AFTER UPDATE OF governance_status ON action_runs FOR EACH ROW
  WHEN (OLD.governance_status = 'pending_approval' AND NEW.governance_status <> 'pending_approval') EXECUTE FUNCTION daai_run_decided();
CREATE TRIGGER action_runs_tell_reported AFTER UPDATE OF execution_status ON action_runs FOR EACH ROW
  WHEN (OLD.execution_status = 'awaiting_execution_report' AND NEW.execution_status IN ('executed', 'failed')) EXECUTE FUNCTION daai_run_reported();
CREATE TRIGGER action_runs_tell_in_doubt AFTER UPDATE OF doubt_noticed_at ON action_runs FOR EACH ROW
  WHEN (NEW.doubt_noticed_at IS NOT NULL) EXECUTE FUNCTION daai_run_in_doubt();
