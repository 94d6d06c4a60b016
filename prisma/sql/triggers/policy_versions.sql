CREATE TRIGGER policy_versions_append_only BEFORE DELETE OR UPDATE ON policy_versions
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER policy_versions_no_truncate BEFORE TRUNCATE ON policy_versions
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
