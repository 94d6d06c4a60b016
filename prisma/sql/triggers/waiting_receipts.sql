CREATE TRIGGER waiting_receipts_kept BEFORE UPDATE ON waiting_receipts
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER waiting_receipts_no_truncate BEFORE TRUNCATE ON waiting_receipts
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER waiting_receipts_placed AFTER DELETE ON waiting_receipts
  REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_require_place();
