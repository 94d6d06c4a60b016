-- No run is approved while votes are missing, whatever the application does. With any decision, the votes that did not count
-- are over, so that what is shown later is what decided.
CREATE OR REPLACE FUNCTION daai_settle_votes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE votes v SET revoked_at = NEW.decided_at, revoked_reason = 'not_counted'
  WHERE v.workspace_id = OLD.workspace_id AND v.run_id = OLD.id AND v.revoked_at IS NULL AND NOT daai_vote_counts(v, OLD);
  IF NEW.governance_status = 'approved' AND (daai_approvals(OLD) ->> 'given')::int < (daai_approvals(OLD) ->> 'required')::int THEN
    RAISE EXCEPTION 'run % needs more approvals', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
