CREATE TRIGGER audit_events_append_only BEFORE DELETE OR UPDATE ON audit_events
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
