CREATE TRIGGER receipts_append_only BEFORE DELETE OR UPDATE ON receipts
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER receipts_no_truncate BEFORE TRUNCATE ON receipts
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER receipts_wait AFTER INSERT ON receipts
  FOR EACH ROW
  EXECUTE FUNCTION daai_let_receipt_wait();
