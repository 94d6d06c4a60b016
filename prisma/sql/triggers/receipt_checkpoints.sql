CREATE TRIGGER receipt_checkpoints_append_only BEFORE DELETE OR UPDATE ON receipt_checkpoints
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER receipt_checkpoints_no_truncate BEFORE TRUNCATE ON receipt_checkpoints
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
