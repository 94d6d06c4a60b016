CREATE OR REPLACE FUNCTION daai_run_pending()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.pending', NEW.created_at);
  RETURN NULL;
END $function$;
