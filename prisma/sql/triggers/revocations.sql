CREATE TRIGGER revocations_append_only BEFORE DELETE OR UPDATE ON revocations
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER revocations_no_truncate BEFORE TRUNCATE ON revocations
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
