CREATE TRIGGER grant_uses_kept BEFORE DELETE OR UPDATE ON grant_uses
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER grant_uses_no_truncate BEFORE TRUNCATE ON grant_uses
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
