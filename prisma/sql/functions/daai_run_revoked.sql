CREATE OR REPLACE FUNCTION daai_run_revoked()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, CASE WHEN NEW.governance_reason = 'approval_lapsed' THEN 'run.uncollected' ELSE 'run.revoked' END, NEW.decided_at);
  RETURN NULL;
END $function$;
