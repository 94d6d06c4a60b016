CREATE OR REPLACE FUNCTION daai_release_budgets(INOUT ledger budget_entries[], held budget_entries[])
 RETURNS budget_entries[]
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF held IS NOT NULL THEN PERFORM daai_write_budget_totals(held); END IF;
  FOR n IN 1 .. cardinality(ledger) LOOP
    UPDATE budget_totals t SET used = t.used - ledger[n].amount
    WHERE t.budget_id = ledger[n].budget_id AND t.per_key = ledger[n].per_key AND t.period_start = ledger[n].period_start
      AND ledger[n].amount IS NOT NULL;
    ledger[n].state := 'not_counted';
  END LOOP;
END $function$;
