-- A log goes on under another origin only where its next receipt says so.
CREATE FUNCTION daai_require_restart_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM receipts r WHERE r.workspace_id = OLD.workspace_id AND r.log_index = OLD.size AND r.kind = 'log_restarted')
  THEN
    RAISE EXCEPTION 'the receipt log of workspace % changes its origin only with a receipt that says so', OLD.workspace_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER receipt_logs_restarted BEFORE UPDATE ON receipt_logs FOR EACH ROW
  WHEN (NEW.origin <> OLD.origin) EXECUTE FUNCTION daai_require_restart_receipt();
