-- A log goes on under another origin only where its next receipt says so.
CREATE OR REPLACE FUNCTION daai_require_restart_receipt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (
    SELECT FROM receipt_places place JOIN receipts r ON r.id = place.receipt_id
    WHERE place.workspace_id = OLD.workspace_id AND place.log_index = OLD.size AND r.kind = 'log_restarted')
  THEN
    RAISE EXCEPTION 'the receipt log of workspace % changes its origin only with a receipt that says so', OLD.workspace_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
