CREATE TRIGGER reassignments_append_only BEFORE DELETE OR UPDATE ON reassignments
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER reassignments_no_truncate BEFORE TRUNCATE ON reassignments
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
