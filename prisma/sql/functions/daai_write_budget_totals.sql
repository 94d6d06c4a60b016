CREATE OR REPLACE FUNCTION daai_write_budget_totals(held budget_entries[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE budget_totals t SET used = last.used_before + coalesce(last.amount, 0)
  FROM unnest(held) last
  WHERE t.budget_id = last.budget_id AND t.per_key = last.per_key AND t.period_start = last.period_start
    AND t.used <> last.used_before + coalesce(last.amount, 0);
END $function$;
