-- A standing grant is given with a person's approval of a run of its action, never with a test.
CREATE OR REPLACE FUNCTION daai_check_grant()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM action_runs r WHERE r.id = NEW.run_id AND r.workspace_id = NEW.workspace_id AND r.action_id = NEW.action_id
      AND r.governance_status = 'approved' AND NOT r.is_test) THEN
    RAISE EXCEPTION 'a standing grant comes with the approval of a run of its action';
  END IF;
  RETURN NEW;
END $function$;
