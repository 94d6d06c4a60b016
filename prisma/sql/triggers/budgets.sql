CREATE TRIGGER budgets_kept BEFORE DELETE ON budgets
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER budgets_same_measure BEFORE UPDATE ON budgets
  FOR EACH ROW
  WHEN (new.id <> old.id
    OR new.workspace_id <> old.workspace_id
    OR new.measure <> old.measure
    OR new.currency IS DISTINCT FROM old.currency
    OR new.per <> old.per
    OR new.per_field IS DISTINCT FROM old.per_field
    OR new.period <> old.period
    OR new.time_zone <> old.time_zone
    OR new.created_by <> old.created_by
    OR new.created_at <> old.created_at
    OR old.deleted_at IS NOT NULL AND new.deleted_at IS DISTINCT FROM old.deleted_at)
  EXECUTE FUNCTION daai_forbid_change();
