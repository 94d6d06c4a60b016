-- When the console noted that a grant allows nothing any more, so that it is reported once.
ALTER TABLE standing_grants ADD COLUMN over_noted_at timestamptz(3);
-- Of those that were over before, nobody is told now.
UPDATE standing_grants g SET over_noted_at = now() FROM (
  SELECT s.id, count(u.run_id)::int AS uses, coalesce(sum(u.amount), 0) AS used FROM standing_grants s LEFT JOIN grant_uses u ON u.grant_id = s.id GROUP BY s.id) spent
WHERE spent.id = g.id AND daai_grant_state(g, spent.uses, spent.used, now()) IN ('used_up', 'expired', 'ended');
CREATE INDEX standing_grants_not_noted_over ON standing_grants (id) WHERE over_noted_at IS NULL;

CREATE FUNCTION daai_queue_grant_webhooks(g standing_grants, event text, at timestamptz) RETURNS void LANGUAGE plpgsql AS $function$
DECLARE
  uses int;
  used numeric;
BEGIN
  SELECT count(*), coalesce(sum(u.amount), 0) INTO uses, used FROM grant_uses u WHERE u.grant_id = g.id;
  PERFORM daai_queue_event(g.workspace_id, event, json_build_object(
    'grant_id', g.id, 'workspace_id', g.workspace_id, 'action', (SELECT a.name FROM registered_actions a WHERE a.id = g.action_id),
    'action_run_id', g.run_id, 'state', daai_grant_state(g, uses, used, at), 'given_by', g.given_by, 'given_at', daai_iso_time(g.created_at),
    'needs_confirmation', g.needs_confirmation, 'confirmed_by', g.confirmed_by, 'max_uses', g.max_uses, 'uses', uses,
    'ends_at', daai_iso_time(g.ends_at), 'ended_at', daai_iso_time(g.ended_at), 'ended_by', g.ended_by, 'ended_reason', g.ended_reason), at);
END $function$;
COMMENT ON FUNCTION daai_queue_grant_webhooks IS 'The webhooks of a standing grant. Never what has to be the same, nor its amounts: those are from the payload of the run.';

CREATE FUNCTION daai_note_grant() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM daai_queue_grant_webhooks(NEW, 'grant.created', NEW.created_at);
  ELSIF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL THEN
    -- Unless it was used up or expired before.
    IF OLD.over_noted_at IS NULL THEN
      PERFORM daai_queue_grant_webhooks(NEW, CASE NEW.ended_reason WHEN 'revoked' THEN 'grant.revoked' ELSE 'grant.ended' END, NEW.ended_at);
    END IF;
  ELSIF OLD.over_noted_at IS NULL AND NEW.over_noted_at IS NOT NULL AND NEW.ended_at IS NULL THEN
    PERFORM daai_queue_grant_webhooks(NEW, 'grant.ended', NEW.over_noted_at);
  END IF;
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_note_grant IS 'Reports a standing grant when it is given, and once when it allows nothing any more.';
CREATE TRIGGER standing_grants_noted AFTER INSERT OR UPDATE OF ended_at, over_noted_at ON standing_grants
  FOR EACH ROW EXECUTE FUNCTION daai_note_grant();

-- Emails to owners about a grant that was given, and to who gave it once it is over.
ALTER TABLE email_deliveries
  ADD COLUMN about_grant_id uuid,
  DROP CONSTRAINT email_deliveries_kind,
  ADD CONSTRAINT email_deliveries_kind CHECK (kind IN (
    'approval_request', 'bounce_notice', 'uncollected_notice', 'log_checkpoint', 'webhook_notice', 'policy_proposed', 'policy_answered',
    'grant_given', 'grant_over', 'sign_in_link', 'sign_up_confirmation', 'account_exists', 'password_reset', 'invitation')),
  ADD CONSTRAINT email_deliveries_grant CHECK ((kind IN ('grant_given', 'grant_over')) = (about_grant_id IS NOT NULL)),
  ADD CONSTRAINT email_deliveries_workspace_id_about_grant_id_fkey FOREIGN KEY (workspace_id, about_grant_id) REFERENCES standing_grants (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE;
-- A person is told once of each.
CREATE UNIQUE INDEX email_deliveries_grant_news ON email_deliveries (about_grant_id, kind, to_email) WHERE about_grant_id IS NOT NULL;
