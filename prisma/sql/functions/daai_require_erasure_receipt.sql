-- Nothing of a run is erased before it is decided, or without a receipt that says by whom and why.
CREATE OR REPLACE FUNCTION daai_require_erasure_receipt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF OLD.governance_status = 'pending_approval' OR NOT EXISTS (
    SELECT FROM receipts r WHERE r.workspace_id = OLD.workspace_id AND r.run_id = OLD.id AND r.kind = 'erasure')
  THEN
    RAISE EXCEPTION 'run % is erased only once it is decided, and with a receipt', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
