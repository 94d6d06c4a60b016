-- One delivery for every endpoint of the workspace that listens to the event. Events of runs have daai_queue_webhooks, which reads what it says of a
-- run only where somebody listens.
CREATE FUNCTION daai_queue_event(to_workspace_id uuid, event text, facts json, at timestamptz) RETURNS void LANGUAGE plpgsql AS $function$
DECLARE
  listening record;
  delivery_id uuid;
BEGIN
  FOR listening IN
    SELECT e.id FROM webhook_endpoints e
    WHERE e.workspace_id = to_workspace_id AND e.disabled_at IS NULL AND e.deleted_at IS NULL AND event = ANY (e.event_types)
    ORDER BY e.id
  LOOP
    delivery_id := daai_new_id(at);
    INSERT INTO webhook_deliveries (id, workspace_id, endpoint_id, event_type, body, status, created_at, next_attempt_at)
    VALUES (delivery_id, to_workspace_id, listening.id, event,
      json_build_object('type', event, 'timestamp', daai_iso_time(at), 'data', facts)::text, 'queued', at, at);
    PERFORM daai_send_webhook(delivery_id, listening.id, NULL);
  END LOOP;
END $function$;
COMMENT ON FUNCTION daai_queue_event IS 'One delivery for every endpoint of the workspace that listens to the event. Events of runs have daai_queue_webhooks, which reads what it says of a run only where somebody listens.';

CREATE OR REPLACE FUNCTION daai_queue_freeze_webhooks(stop freezes, to_workspace_id uuid, event text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
  PERFORM daai_queue_event(to_workspace_id, event, json_build_object(
    'freeze_id', stop.id, 'workspace_id', to_workspace_id,
    'scope', CASE WHEN stop.workspace_id IS NULL THEN 'console' WHEN stop.action_id IS NOT NULL THEN 'action'
      WHEN stop.api_key_id IS NOT NULL THEN 'api_key' ELSE 'workspace' END,
    'action', (SELECT a.name FROM registered_actions a WHERE a.id = stop.action_id),
    'api_key_id', stop.api_key_id, 'reason', stop.reason,
    'frozen_at', daai_iso_time(stop.frozen_at), 'frozen_by', stop.frozen_by,
    'thawed_at', daai_iso_time(stop.thawed_at), 'thawed_by', stop.thawed_by), at);
END $function$;
COMMENT ON FUNCTION daai_queue_freeze_webhooks IS 'The webhooks of a freeze or its thaw in one workspace. A freeze of the whole console is told to every workspace.';

CREATE FUNCTION daai_queue_proposal_webhooks() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  PERFORM daai_queue_event(NEW.workspace_id,
    CASE NEW.status WHEN 'pending' THEN 'policy.proposed' WHEN 'confirmed' THEN 'policy.confirmed' WHEN 'declined' THEN 'policy.declined' ELSE 'policy.ended' END,
    json_build_object(
      'proposal_id', NEW.id, 'workspace_id', NEW.workspace_id, 'kind', NEW.kind, 'status', NEW.status, 'action_id', NEW.action_id,
      'action', (SELECT a.name FROM registered_actions a WHERE a.id = NEW.action_id),
      'group', (SELECT g.name FROM approver_groups g WHERE g.id = NEW.group_id),
      'comment', NEW.comment, 'proposed_at', daai_iso_time(NEW.created_at), 'proposed_by', NEW.proposed_by,
      'ended_at', daai_iso_time(NEW.ended_at), 'ended_by', NEW.ended_by, 'end_comment', NEW.end_comment),
    coalesce(NEW.ended_at, NEW.created_at));
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_queue_proposal_webhooks IS 'The webhooks of a policy change that waits for a second person, and of what became of it. Never what it changes: a receiver may know less than a member.';
CREATE TRIGGER policy_proposals_made AFTER INSERT ON policy_proposals
  FOR EACH ROW EXECUTE FUNCTION daai_queue_proposal_webhooks();
CREATE TRIGGER policy_proposals_ended AFTER UPDATE OF status ON policy_proposals
  FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION daai_queue_proposal_webhooks();

-- Emails to those who can confirm a policy change, and to who proposed it once it has ended.
ALTER TABLE email_deliveries
  ADD COLUMN about_proposal_id uuid,
  DROP CONSTRAINT email_deliveries_kind,
  ADD CONSTRAINT email_deliveries_kind CHECK (kind IN (
    'approval_request', 'bounce_notice', 'uncollected_notice', 'log_checkpoint', 'webhook_notice', 'policy_proposed', 'policy_answered',
    'sign_in_link', 'sign_up_confirmation', 'account_exists', 'password_reset', 'invitation')),
  ADD CONSTRAINT email_deliveries_proposal CHECK ((kind IN ('policy_proposed', 'policy_answered')) = (about_proposal_id IS NOT NULL)),
  -- The proposals of a group are deleted with it, and what was sent about them.
  ADD CONSTRAINT email_deliveries_workspace_id_about_proposal_id_fkey FOREIGN KEY (workspace_id, about_proposal_id) REFERENCES policy_proposals (workspace_id, id) ON DELETE CASCADE ON UPDATE CASCADE;
-- A person is told once of each.
CREATE UNIQUE INDEX email_deliveries_policy_news ON email_deliveries (about_proposal_id, kind, to_email) WHERE about_proposal_id IS NOT NULL;
