CREATE TRIGGER budget_entries_kept BEFORE DELETE ON budget_entries
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER budget_entries_settled_once BEFORE UPDATE ON budget_entries
  FOR EACH ROW
  EXECUTE FUNCTION daai_keep_budget_entry();
