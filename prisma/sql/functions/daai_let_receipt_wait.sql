-- Every receipt waits for its place in the log, whoever writes it.
CREATE OR REPLACE FUNCTION daai_let_receipt_wait()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO waiting_receipts (workspace_id, receipt_id) VALUES (NEW.workspace_id, NEW.id);
  RETURN NULL;
END $function$;
