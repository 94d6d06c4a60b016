CREATE OR REPLACE FUNCTION daai_run_reported()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.' || NEW.execution_status, NEW.execution_reported_at);
  RETURN NULL;
END $function$;
