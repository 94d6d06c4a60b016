-- Takes back what daai_reserve_budgets added in this transaction, for a proposal that isn't written or doesn't count. Returns
-- its lines as those of a run that doesn't count.
CREATE OR REPLACE FUNCTION daai_release_budgets(INOUT ledger budget_entries[])
 RETURNS budget_entries[]
 LANGUAGE plpgsql
AS $function$
BEGIN
  FOR n IN 1 .. cardinality(ledger) LOOP
    UPDATE budget_totals t SET used = t.used - ledger[n].amount
    WHERE t.budget_id = ledger[n].budget_id AND t.per_key = ledger[n].per_key AND t.period_start = ledger[n].period_start
      AND ledger[n].amount IS NOT NULL;
    ledger[n].state := 'not_counted';
  END LOOP;
END $function$;
