-- A run that waits is told with its request, which is written after what it counts toward budgets.
DROP TRIGGER action_runs_tell_pending ON action_runs;

CREATE OR REPLACE FUNCTION daai_run_pending() RETURNS trigger
LANGUAGE plpgsql AS $function$
DECLARE
  run action_runs;
BEGIN
  SELECT * INTO run FROM action_runs WHERE id = NEW.run_id;
  PERFORM daai_queue_webhooks(run, 'run.pending', run.created_at);
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_run_pending() IS 'Fires with the approval request, the last of what a proposal writes: the event says which budget the run goes over.';
CREATE TRIGGER approval_requests_tell_pending AFTER INSERT ON approval_requests FOR EACH ROW EXECUTE FUNCTION daai_run_pending();
