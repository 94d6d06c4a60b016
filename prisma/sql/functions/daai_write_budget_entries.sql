-- Writes lines of the ledger, in one statement.
CREATE OR REPLACE FUNCTION daai_write_budget_entries(lines budget_entries[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO budget_entries SELECT line.* FROM unnest(lines) line;
END $function$;
