-- Budgets: how much, or how many runs, may be allowed in a period; and a ledger of the runs that counted.
CREATE TABLE budgets (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  name text NOT NULL,
  measure text NOT NULL,
  currency text,
  limit_value numeric(128, 64) NOT NULL,
  per text NOT NULL,
  per_field text,
  period text NOT NULL,
  time_zone text NOT NULL,
  when_exceeded text NOT NULL,
  counts_all_actions boolean NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  deleted_at timestamptz(3),
  CONSTRAINT budgets_measure CHECK (measure IN ('sum', 'count')),
  CONSTRAINT budgets_currency CHECK ((measure = 'sum') = (currency IS NOT NULL)),
  CONSTRAINT budgets_limit CHECK (limit_value > 0),
  CONSTRAINT budgets_per CHECK (per IN ('nothing', 'recipient', 'actor', 'key', 'source', 'field')),
  CONSTRAINT budgets_per_field CHECK ((per = 'field') = (per_field IS NOT NULL)),
  CONSTRAINT budgets_period CHECK (period IN ('hour', 'day', 'week', 'month')),
  CONSTRAINT budgets_when_exceeded CHECK (when_exceeded IN ('ask', 'block'))
);
CREATE UNIQUE INDEX "budgets_workspace_id_id_key" ON budgets (workspace_id, id);
CREATE UNIQUE INDEX budgets_name ON budgets (workspace_id, name) WHERE deleted_at IS NULL;

CREATE TABLE budget_actions (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  action_id uuid NOT NULL,
  PRIMARY KEY (budget_id, action_id),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES budgets (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY (workspace_id, action_id) REFERENCES registered_actions (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What is used of a budget, for each value that it counts separately and each period. The rows of budget_entries explain it.
CREATE TABLE budget_totals (
  workspace_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  per_key bytea NOT NULL,
  period_start timestamptz(3) NOT NULL,
  period_end timestamptz(3) NOT NULL,
  used numeric(160, 64) NOT NULL,
  PRIMARY KEY (budget_id, per_key, period_start),
  FOREIGN KEY (workspace_id, budget_id) REFERENCES budgets (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE INDEX budget_totals_by_period ON budget_totals (budget_id, period_start);

CREATE TABLE budget_entries (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  budget_name text NOT NULL,
  limit_value numeric(128, 64) NOT NULL,
  when_exceeded text NOT NULL,
  per_key bytea NOT NULL,
  per_value text,
  period_start timestamptz(3) NOT NULL,
  period_end timestamptz(3) NOT NULL,
  used_before numeric(160, 64) NOT NULL,
  amount numeric(128, 64),
  unreadable text,
  is_exceeded boolean NOT NULL,
  is_named boolean NOT NULL,
  state text NOT NULL,
  is_deducted boolean NOT NULL DEFAULT false,
  PRIMARY KEY (run_id, budget_id),
  FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY (workspace_id, budget_id) REFERENCES budgets (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT budget_entries_state CHECK (state IN ('reserved', 'kept', 'given_back', 'not_counted')),
  CONSTRAINT budget_entries_unreadable CHECK (unreadable IN ('amount', 'currency', 'per_value')),
  CONSTRAINT budget_entries_amount CHECK ((amount IS NULL) = (unreadable IS NOT NULL)),
  CONSTRAINT budget_entries_deducted CHECK (state = 'given_back' OR NOT is_deducted)
);
CREATE INDEX budget_entries_by_budget ON budget_entries (budget_id, run_id);
CREATE INDEX budget_entries_to_deduct ON budget_entries (budget_id, per_key, period_start) WHERE state = 'given_back' AND NOT is_deducted;

-- What a budget counts stays, so that its totals keep their meaning: another measure or period is another budget.
CREATE TRIGGER budgets_kept BEFORE DELETE ON budgets FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER budgets_same_measure BEFORE UPDATE ON budgets FOR EACH ROW
WHEN (new.id <> old.id OR new.workspace_id <> old.workspace_id OR new.measure <> old.measure OR new.currency IS DISTINCT FROM old.currency
  OR new.per <> old.per OR new.per_field IS DISTINCT FROM old.per_field OR new.period <> old.period OR new.time_zone <> old.time_zone
  OR new.created_by <> old.created_by OR new.created_at <> old.created_at
  OR old.deleted_at IS NOT NULL AND new.deleted_at IS DISTINCT FROM old.deleted_at)
EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER budget_entries_kept BEFORE DELETE ON budget_entries FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER budget_entries_settled_once BEFORE UPDATE ON budget_entries FOR EACH ROW
WHEN (new.run_id <> old.run_id OR new.budget_id <> old.budget_id OR new.workspace_id <> old.workspace_id
  OR new.budget_name <> old.budget_name OR new.limit_value <> old.limit_value OR new.when_exceeded <> old.when_exceeded
  OR new.per_key <> old.per_key OR new.per_value IS NOT NULL AND new.per_value IS DISTINCT FROM old.per_value
  OR new.period_start <> old.period_start OR new.period_end <> old.period_end OR new.used_before <> old.used_before
  OR new.amount IS DISTINCT FROM old.amount OR new.unreadable IS DISTINCT FROM old.unreadable
  OR new.is_exceeded <> old.is_exceeded OR new.is_named <> old.is_named
  OR old.state <> 'reserved' AND new.state <> old.state OR old.is_deducted AND NOT new.is_deducted)
EXECUTE FUNCTION daai_forbid_change();

CREATE FUNCTION daai_budget_period(period text, zone text, at timestamptz, OUT starts timestamptz, OUT ends timestamptz)
LANGUAGE plpgsql STABLE AS $function$
DECLARE
  first timestamp;
  last timestamp;
BEGIN
  IF period = 'hour' THEN
    -- Keeps the offset of the time itself: an hour that occurs twice is two.
    starts := date_trunc('hour', at, zone);
    ends := starts + interval '1 hour';
    RETURN;
  END IF;
  first := date_trunc(period, at AT TIME ZONE zone);
  last := first + ('1 ' || period)::interval;
  starts := first AT TIME ZONE zone;
  ends := last AT TIME ZONE zone;
  -- A local time that occurs twice is read as the later one: a day whose midnight is repeated starts with the first.
  IF (starts - interval '1 hour') AT TIME ZONE zone = first THEN starts := starts - interval '1 hour'; END IF;
  IF (ends - interval '1 hour') AT TIME ZONE zone = last THEN ends := ends - interval '1 hour'; END IF;
END $function$;
COMMENT ON FUNCTION daai_budget_period(text, text, timestamptz) IS 'The hour, day, week (from Monday) or month of a time zone''s calendar that a time is in. Follows daylight saving time: a day can have 23 or 25 hours.';

CREATE FUNCTION daai_budget_used(total budget_totals) RETURNS numeric
LANGUAGE sql STABLE AS $function$
  SELECT total.used - coalesce((SELECT sum(e.amount) FROM budget_entries e WHERE e.budget_id = total.budget_id
    AND e.per_key = total.per_key AND e.period_start = total.period_start AND e.state = 'given_back' AND NOT e.is_deducted), 0)
$function$;
COMMENT ON FUNCTION daai_budget_used(budget_totals) IS 'What is used of a budget: the total without what was given back since the last proposal looked at it.';

CREATE FUNCTION daai_reserve_budgets(workspace uuid, counted jsonb, at timestamptz, OUT ledger budget_entries[], OUT exceeded uuid, OUT effect text)
LANGUAGE plpgsql AS $function$
DECLARE
  b record;
  e budget_entries;
BEGIN
  FOR b IN SELECT * FROM jsonb_to_recordset(counted) AS x(budget_id uuid, name text, limit_value numeric, when_exceeded text, period text,
    time_zone text, per_key text, per_value text, amount numeric, unreadable text)
  LOOP
    e.budget_id := b.budget_id;
    e.budget_name := b.name;
    e.limit_value := b.limit_value;
    e.when_exceeded := b.when_exceeded;
    e.per_key := decode(b.per_key, 'hex');
    e.per_value := b.per_value;
    e.amount := b.amount;
    e.unreadable := b.unreadable;
    SELECT p.starts, p.ends INTO e.period_start, e.period_end FROM daai_budget_period(b.period, b.time_zone, at) p;
    IF EXISTS (SELECT FROM budget_entries g WHERE g.budget_id = e.budget_id AND g.per_key = e.per_key AND g.period_start = e.period_start
        AND g.state = 'given_back' AND NOT g.is_deducted) THEN
      WITH back AS (
        UPDATE budget_entries g SET is_deducted = true
        WHERE g.budget_id = e.budget_id AND g.per_key = e.per_key AND g.period_start = e.period_start AND g.state = 'given_back' AND NOT g.is_deducted
        RETURNING g.amount)
      UPDATE budget_totals t SET used = t.used - coalesce((SELECT sum(back.amount) FROM back), 0)
      WHERE t.budget_id = e.budget_id AND t.per_key = e.per_key AND t.period_start = e.period_start;
    END IF;
    INSERT INTO budget_totals AS t (workspace_id, budget_id, per_key, period_start, period_end, used)
    VALUES (workspace, e.budget_id, e.per_key, e.period_start, e.period_end, coalesce(e.amount, 0))
    ON CONFLICT (budget_id, per_key, period_start) DO UPDATE SET used = t.used + excluded.used
    RETURNING t.used - coalesce(e.amount, 0) INTO e.used_before;
    e.is_exceeded := e.amount IS NULL OR e.used_before + e.amount > e.limit_value;
    ledger := ledger || e;
    IF e.is_exceeded AND (exceeded IS NULL OR e.when_exceeded = 'block' AND effect = 'ask') THEN
      exceeded := e.budget_id;
      effect := e.when_exceeded;
    END IF;
  END LOOP;
END $function$;
COMMENT ON FUNCTION daai_reserve_budgets(uuid, jsonb, timestamptz) IS 'Adds a proposal to the budgets that count it, also where it goes over: a line of the ledger for each, and the strictest that it exceeds. Holds the totals'' row locks until the transaction ends, so that a limit is exact, and deducts what was given back since. What isn''t written then must be released.';

CREATE FUNCTION daai_release_budgets(ledger budget_entries[]) RETURNS void
LANGUAGE plpgsql AS $function$
DECLARE
  e budget_entries;
BEGIN
  FOREACH e IN ARRAY coalesce(ledger, '{}') LOOP
    UPDATE budget_totals t SET used = t.used - e.amount
    WHERE t.budget_id = e.budget_id AND t.per_key = e.per_key AND t.period_start = e.period_start AND e.amount IS NOT NULL;
  END LOOP;
END $function$;
COMMENT ON FUNCTION daai_release_budgets(budget_entries[]) IS 'Takes back what daai_reserve_budgets added in this transaction, for a proposal that isn''t written or doesn''t count.';

CREATE FUNCTION daai_write_budget_entries(workspace uuid, run uuid, ledger budget_entries[], exceeded uuid, is_counted boolean) RETURNS void
LANGUAGE plpgsql AS $function$
BEGIN
  INSERT INTO budget_entries (workspace_id, run_id, budget_id, budget_name, limit_value, when_exceeded, per_key, per_value, period_start, period_end,
    used_before, amount, unreadable, is_exceeded, is_named, state)
  SELECT workspace, run, e.budget_id, e.budget_name, e.limit_value, e.when_exceeded, e.per_key, e.per_value, e.period_start, e.period_end,
    e.used_before, e.amount, e.unreadable, e.is_exceeded, e.budget_id IS NOT DISTINCT FROM exceeded, CASE WHEN is_counted THEN 'reserved' ELSE 'not_counted' END
  FROM unnest(ledger) e;
  IF NOT is_counted THEN PERFORM daai_release_budgets(ledger); END IF;
END $function$;
COMMENT ON FUNCTION daai_write_budget_entries(uuid, uuid, budget_entries[], uuid, boolean) IS 'Writes a new run''s lines of the ledger.';

CREATE FUNCTION daai_run_budget(run uuid) RETURNS jsonb
LANGUAGE sql STABLE AS $function$
  SELECT jsonb_build_object('name', e.budget_name, 'measure', b.measure, 'currency', b.currency, 'limit', trim_scale(e.limit_value)::text,
    'per', b.per, 'per_field', b.per_field, 'per_value', e.per_value, 'period', b.period, 'time_zone', b.time_zone,
    'period_start', daai_iso_time(e.period_start), 'period_end', daai_iso_time(e.period_end),
    'used_before', trim_scale(e.used_before)::text,
    'amount', CASE WHEN r.payload_text IS NOT NULL THEN trim_scale(e.amount)::text END,
    'unreadable', e.unreadable, 'when_exceeded', e.when_exceeded)
  FROM budget_entries e JOIN budgets b ON b.id = e.budget_id JOIN action_runs r ON r.id = e.run_id
  WHERE e.run_id = run AND e.is_named
$function$;
COMMENT ON FUNCTION daai_run_budget(uuid) IS 'The budget that a run goes over, as the wire has it; null when it goes over none. After erasure without what was read from the payload.';

CREATE FUNCTION daai_settle_budgets() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  IF NEW.execution_status = 'executed' THEN
    UPDATE budget_entries SET state = 'kept' WHERE run_id = NEW.id AND state = 'reserved';
  ELSIF NEW.execution_status = 'failed' OR NEW.governance_status IN ('rejected', 'blocked') THEN
    UPDATE budget_entries SET state = 'given_back' WHERE run_id = NEW.id AND state = 'reserved';
  END IF;
  IF NEW.payload_text IS NULL THEN
    UPDATE budget_entries SET per_value = NULL WHERE run_id = NEW.id AND per_value IS NOT NULL;
  END IF;
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_settle_budgets() IS 'The only place where a reservation ends: an executed run keeps it; a failed, rejected or blocked one gives it back, however it came to that. A run in doubt stays reserved. Only the run''s own entries are written, so an ending never waits for a budget.';
CREATE TRIGGER action_runs_settle_budgets AFTER UPDATE ON action_runs FOR EACH ROW
WHEN (old.execution_status <> new.execution_status AND new.execution_status IN ('executed', 'failed')
  OR old.governance_status <> new.governance_status AND new.governance_status IN ('rejected', 'blocked')
  OR old.payload_text IS NOT NULL AND new.payload_text IS NULL)
EXECUTE FUNCTION daai_settle_budgets();

-- Added to the functions as they stand, whatever came before in this release.
DO $migration$
DECLARE
  definition text;
  said text := obj_description('daai_intercept(jsonb)'::regprocedure);
  change text[];
BEGIN
  definition := pg_get_functiondef('daai_intercept(jsonb)'::regprocedure);
  FOREACH change SLICE 1 IN ARRAY ARRAY[
    ['used integer, mail_not_sent_reason text', 'used integer, mail_not_sent_reason text, budget jsonb'],
    ['  is_new boolean;', '  is_new boolean;
  ledger budget_entries[];
  exceeded uuid;
  effect text;
  is_counted boolean;'],
    ['    ask_again boolean, ', '    budgets jsonb, over_budget uuid, budget_mark text, ask_again boolean, '],
    ['used := NULL; mail_not_sent_reason := NULL;', 'used := NULL; mail_not_sent_reason := NULL;
    budget := NULL; ledger := NULL; exceeded := NULL; effect := NULL;'],
    ['    expires := CASE WHEN r.governance_status', '    IF outcome IS NULL AND r.budgets IS NULL THEN
      -- A process of the release before knows no budgets, and may not decide where there is one.
      IF EXISTS (SELECT FROM budgets b WHERE b.workspace_id = k.workspace_id AND b.deleted_at IS NULL) THEN outcome := ''stale''; END IF;
    ELSIF outcome IS NULL AND r.budgets <> ''[]'' THEN
      SELECT c.ledger, c.exceeded, c.effect INTO ledger, exceeded, effect FROM daai_reserve_budgets(k.workspace_id, r.budgets, now_ms) c;
      -- A budget only makes an answer stricter. The application prepares that answer, and proposes again.
      outcome := CASE
        WHEN r.over_budget IS NOT NULL AND r.over_budget IS DISTINCT FROM exceeded THEN ''other_budget''
        WHEN r.over_budget IS NULL AND (effect = ''block'' OR effect = ''ask'' AND r.governance_status = ''allowed'') THEN ''over_budget'' END;
      IF outcome = ''over_budget'' THEN budget := jsonb_build_object(''budget_id'', exceeded); END IF;
    END IF;

    expires := CASE WHEN r.governance_status'],
    ['      ON CONFLICT DO NOTHING;
      is_new := FOUND;', '      ON CONFLICT DO NOTHING
      RETURNING r.governance_status <> ''blocked'' AND NOT is_test INTO is_counted;
      is_new := FOUND;
      IF is_new AND ledger IS NOT NULL THEN
        PERFORM daai_write_budget_entries(k.workspace_id, r.run_id, ledger, exceeded, is_counted);
        IF exceeded IS NOT NULL THEN budget := daai_run_budget(r.run_id); END IF;
      END IF;'],
    ['    IF NOT is_new THEN
', '    IF NOT is_new THEN
      IF ledger IS NOT NULL THEN PERFORM daai_release_budgets(ledger); END IF;
'],
    ['      INSERT INTO receipts (id, workspace_id, kind, run_id, body', '      IF r.budget_mark IS NOT NULL THEN
        receipt_body := replace(replace(replace(receipt_body, r.budget_mark || ''-start'', budget->>''period_start''),
          r.budget_mark || ''-end'', budget->>''period_end''), r.budget_mark || ''-used'', budget->>''used_before'');
      END IF;
      INSERT INTO receipts (id, workspace_id, kind, run_id, body']
  ] LOOP
    IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
      RAISE EXCEPTION 'daai_intercept has changed: % is not in it once', change[1];
    END IF;
    definition := replace(definition, change[1], change[2]);
  END LOOP;
  DROP FUNCTION daai_intercept(jsonb);
  EXECUTE definition;
  EXECUTE format('COMMENT ON FUNCTION daai_intercept(jsonb) IS %L', said);

  definition := pg_get_functiondef('daai_queue_webhooks(action_runs, text, timestamptz)'::regprocedure);
  change := ARRAY['''policy_rule'', run.policy_rule,', '''policy_rule'', run.policy_rule,
        -- Without what was read from the payload: receivers read that with their own keys.
        ''budget'', daai_run_budget(run.id) - ''{per_value,amount}''::text[],'];
  IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
    RAISE EXCEPTION 'daai_queue_webhooks has changed';
  END IF;
  EXECUTE replace(definition, change[1], change[2]);
END $migration$;
