-- Reports a standing grant when it is given, and once when it allows nothing any more.
CREATE OR REPLACE FUNCTION daai_note_grant()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
