CREATE TRIGGER receipt_places_append_only BEFORE DELETE OR UPDATE ON receipt_places
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER receipt_places_no_truncate BEFORE TRUNCATE ON receipt_places
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
