-- Takes back what daai_reserve_budgets added in this transaction, for a proposal that isn't written or doesn't count.
CREATE OR REPLACE FUNCTION daai_release_budgets(ledger budget_entries[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  e budget_entries;
BEGIN
  FOREACH e IN ARRAY coalesce(ledger, '{}') LOOP
    UPDATE budget_totals t SET used = t.used - e.amount
    WHERE t.budget_id = e.budget_id AND t.per_key = e.per_key AND t.period_start = e.period_start AND e.amount IS NOT NULL;
  END LOOP;
END $function$;
