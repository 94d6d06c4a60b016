CREATE OR REPLACE FUNCTION daai_run_pending()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_webhooks(run, 'run.pending', run.created_at) FROM action_runs run
  WHERE run.workspace_id = NEW.workspace_id AND run.id = NEW.run_id;
  RETURN NULL;
END $function$;
