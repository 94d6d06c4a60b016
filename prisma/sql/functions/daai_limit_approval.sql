-- An approval gets its end with the decision, by the database's time and whichever process decides, and the job that ends it.
CREATE OR REPLACE FUNCTION daai_limit_approval()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  SELECT NEW.decided_at + make_interval(mins => a.approval_valid_minutes) INTO NEW.approval_valid_until
  FROM registered_actions a WHERE a.id = NEW.action_id;
  IF NEW.approval_valid_until IS NOT NULL THEN
    PERFORM graphile_worker.add_job('lapse-approval', json_build_object('runId', NEW.id), run_at => NEW.approval_valid_until);
  END IF;
  RETURN NEW;
END $function$;
