CREATE OR REPLACE FUNCTION daai_run_decided()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, CASE WHEN NEW.governance_reason = 'approval_expired' THEN 'run.expired' ELSE 'run.decided' END, NEW.decided_at);
  RETURN NULL;
END $function$;
