CREATE OR REPLACE FUNCTION daai_run_revoked()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.revoked', NEW.decided_at);
  RETURN NULL;
END $function$;
