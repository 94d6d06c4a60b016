CREATE OR REPLACE FUNCTION daai_run_in_doubt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.in_doubt', NEW.doubt_noticed_at);
  RETURN NULL;
END $function$;
