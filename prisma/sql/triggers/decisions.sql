CREATE TRIGGER decisions_append_only BEFORE DELETE OR UPDATE ON decisions
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
