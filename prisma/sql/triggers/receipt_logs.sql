CREATE TRIGGER receipt_logs_grow BEFORE UPDATE ON receipt_logs
  FOR EACH ROW
  WHEN (new.size < old.size)
  EXECUTE FUNCTION daai_forbid_shrinking();

CREATE TRIGGER receipt_logs_kept BEFORE DELETE ON receipt_logs
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER receipt_logs_restarted BEFORE UPDATE ON receipt_logs
  FOR EACH ROW
  WHEN (new.origin <> old.origin)
  EXECUTE FUNCTION daai_require_restart_receipt();
