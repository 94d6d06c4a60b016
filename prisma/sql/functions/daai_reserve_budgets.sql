CREATE OR REPLACE FUNCTION daai_reserve_budgets(workspace uuid, run uuid, counted jsonb, at timestamp with time zone, INOUT held budget_entries[], OUT is_behind boolean, OUT ledger budget_entries[], OUT exceeded uuid, OUT effect text)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
DECLARE
  b jsonb;
  e budget_entries;
  period record;
  is_too_high boolean;
  place int;
BEGIN
  is_behind := false;
  e.workspace_id := workspace;
  e.run_id := run;
  e.state := 'reserved';
  e.is_named := false;
  e.is_deducted := false;
  -- Member by member: jsonb_to_recordset looks up every column's type on each call.
  FOR n IN 0 .. jsonb_array_length(counted) - 1 LOOP
    b := counted->n;
    e.budget_id := b->>'budget_id';
    e.budget_name := b->>'name';
    e.limit_value := b->>'limit_value';
    e.when_exceeded := b->>'when_exceeded';
    e.per_key := decode(b->>'per_key', 'hex');
    e.per_value := b->>'per_value';
    e.amount := b->>'amount';
    e.unreadable := b->>'unreadable';
    place := 1;
    WHILE place <= cardinality(held) AND NOT (held[place].budget_id = e.budget_id AND held[place].per_key = e.per_key
        AND at >= held[place].period_start AND at < held[place].period_end) LOOP
      place := place + 1;
    END LOOP;
    IF place <= cardinality(held) THEN
      e.period_start := held[place].period_start;
      e.period_end := held[place].period_end;
      e.used_before := held[place].used_before + coalesce(held[place].amount, 0);
      is_behind := true;
    ELSE
      -- That of a cached snapshot can be over, and a process of the release before sends none.
      e.period_start := b->>'period_start';
      e.period_end := b->>'period_end';
      IF (at >= e.period_start AND at < e.period_end) IS NOT TRUE THEN
        period := daai_budget_period(b->>'period', b->>'time_zone', at);
        e.period_start := period.starts;
        e.period_end := period.ends;
      END IF;
      UPDATE budget_totals t SET used = t.used + coalesce(e.amount, 0)
      WHERE t.budget_id = e.budget_id AND t.per_key = e.per_key AND t.period_start = e.period_start
      RETURNING t.used - coalesce(e.amount, 0),
        EXISTS (SELECT FROM budget_entries g WHERE g.budget_id = e.budget_id AND g.per_key = e.per_key AND g.period_start = e.period_start
          AND g.state = 'given_back' AND NOT g.is_deducted)
      INTO e.used_before, is_too_high;
      IF NOT FOUND THEN
        INSERT INTO budget_totals AS t (workspace_id, budget_id, per_key, period_start, used)
        VALUES (workspace, e.budget_id, e.per_key, e.period_start, coalesce(e.amount, 0))
        ON CONFLICT (budget_id, period_start, per_key) DO UPDATE SET used = t.used + excluded.used
        RETURNING t.used - coalesce(e.amount, 0) INTO e.used_before;
      ELSIF is_too_high THEN
        WITH back AS (
          UPDATE budget_entries g SET is_deducted = true
          WHERE g.budget_id = e.budget_id AND g.per_key = e.per_key AND g.period_start = e.period_start AND g.state = 'given_back' AND NOT g.is_deducted
          RETURNING g.amount)
        UPDATE budget_totals t SET used = t.used - coalesce((SELECT sum(back.amount) FROM back), 0)
        WHERE t.budget_id = e.budget_id AND t.per_key = e.per_key AND t.period_start = e.period_start
        RETURNING t.used - coalesce(e.amount, 0) INTO e.used_before;
      END IF;
    END IF;
    held[place] := e;
    e.is_exceeded := e.amount IS NULL OR e.used_before + e.amount > e.limit_value;
    ledger := ledger || e;
    IF e.is_exceeded AND (exceeded IS NULL OR e.when_exceeded = 'block' AND effect = 'ask') THEN
      exceeded := e.budget_id;
      effect := e.when_exceeded;
    END IF;
  END LOOP;
  IF exceeded IS NOT NULL THEN
    FOR n IN 1 .. cardinality(ledger) LOOP
      ledger[n].is_named := ledger[n].budget_id = exceeded;
    END LOOP;
  END IF;
END $function$;
