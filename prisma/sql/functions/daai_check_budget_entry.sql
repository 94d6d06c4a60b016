-- What is true of every line of the ledger. Names what is broken.
CREATE OR REPLACE FUNCTION daai_check_budget_entry(entry budget_entries)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
DECLARE
  broken text;
BEGIN
  IF entry.state NOT IN ('reserved', 'kept', 'given_back', 'not_counted') THEN
    broken := 'budget_entries_state';
  ELSIF entry.unreadable NOT IN ('amount', 'currency', 'per_value') THEN
    broken := 'budget_entries_unreadable';
  ELSIF (entry.amount IS NULL) <> (entry.unreadable IS NOT NULL) THEN
    broken := 'budget_entries_amount';
  ELSIF entry.is_deducted AND entry.state <> 'given_back' THEN
    broken := 'budget_entries_deducted';
  ELSE
    RETURN true;
  END IF;
  RAISE EXCEPTION 'new row for relation "budget_entries" violates check constraint "%"', broken
    USING ERRCODE = 'check_violation', TABLE = 'budget_entries', CONSTRAINT = broken;
END $function$;
