-- Only a pending run is changed, and only where the app said that it executes what its claim gives it.
CREATE OR REPLACE FUNCTION daai_check_payload_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (
    SELECT FROM action_runs run WHERE run.workspace_id = NEW.workspace_id AND run.id = NEW.run_id
      AND (run.accepts_changes OR NEW.kind = 'proposal') AND run.governance_status = 'pending_approval')
  THEN
    RAISE EXCEPTION 'run % takes no changes', NEW.run_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
