-- Fires with the approval request, the last of what a proposal writes: the event says which budget the run goes over.
CREATE OR REPLACE FUNCTION daai_run_pending()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  run action_runs;
BEGIN
  SELECT * INTO run FROM action_runs WHERE id = NEW.run_id;
  PERFORM daai_queue_webhooks(run, 'run.pending', run.created_at);
  RETURN NULL;
END $function$;
