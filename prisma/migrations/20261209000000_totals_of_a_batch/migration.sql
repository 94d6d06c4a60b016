-- A batch of proposals adds to a total of a budget in memory and writes it once, instead of once for each proposal.
DROP FUNCTION daai_reserve_budgets(uuid, uuid, jsonb, timestamptz);
DROP FUNCTION daai_release_budgets(budget_entries[]);

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

CREATE OR REPLACE FUNCTION daai_change_budgets(run action_runs, counted jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
DECLARE
  reserved budget_entries[];
  ledger budget_entries[];
  over text;
BEGIN
  SELECT array_agg(e ORDER BY e.budget_id) INTO reserved FROM budget_entries e WHERE e.run_id = run.id AND e.state = 'reserved';
  IF reserved IS NULL THEN RETURN NULL; END IF;
  -- As in daai_intercept, the owner's monthly counter comes before the budgets' totals, which are all under this lock.
  PERFORM daai_count_up('runs_per_month', w.owner_id::text, date_trunc('month', clock_timestamp(), 'UTC'), NULL, 0)
  FROM workspaces w WHERE w.id = run.workspace_id;
  PERFORM daai_release_budgets(reserved, NULL);
  SELECT r.ledger INTO ledger FROM daai_reserve_budgets(run.workspace_id, run.id, counted, run.created_at, NULL) r;
  UPDATE budget_entries e SET per_key = changed.per_key, per_value = changed.per_value, amount = changed.amount, unreadable = changed.unreadable
  FROM unnest(ledger) changed WHERE e.run_id = run.id AND e.budget_id = changed.budget_id AND e.state = 'reserved';
  SELECT changed.budget_name INTO over FROM unnest(ledger) changed JOIN unnest(reserved) proposed ON proposed.budget_id = changed.budget_id
  WHERE changed.is_exceeded AND changed.when_exceeded = 'block'
    -- Whatever the limit is by now, less of the same is never refused.
    AND NOT coalesce(changed.per_key = proposed.per_key AND changed.period_start = proposed.period_start AND changed.amount <= proposed.amount, false)
  ORDER BY changed.budget_id LIMIT 1;
  RETURN over;
END $function$;

CREATE OR REPLACE FUNCTION daai_intercept(requests jsonb)
 RETURNS TABLE(ordinal integer, outcome text, existing_run_id uuid, decided_at timestamp with time zone, minute_used integer, day_used integer, month_used integer, used integer, mail_not_sent_reason text, budget jsonb, standing_grant jsonb)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  r record;
  k record;
  act record;
  prior_id uuid;
  prior_hash bytea;
  prior_attempt int;
  may_ask_again boolean;
  prior_reason text;
  is_prior_over boolean;
  link record;
  now_ms timestamptz;
  this_minute timestamptz;
  this_day timestamptz;
  this_month timestamptz;
  expires timestamptz;
  receipt_body text;
  is_new boolean;
  reserved record;
  ledger budget_entries[];
  held budget_entries[];
  is_behind boolean := false;
  exceeded uuid;
  effect text;
  unwritten budget_entries[];
  is_counted boolean;
  is_test_run boolean;
  grant_use grant_uses;
  own jsonb;
BEGIN
  FOR r IN SELECT * FROM jsonb_to_recordset(requests) AS x(
    ordinal int, run_id uuid, is_retry boolean, api_key_hash text, workspace_key_hash text,
    action_name text, idempotency_key text, payload_text text, payload_hash text, payload_salt text,
    actor text, reasoning text, source_type text, source_ref text, amount numeric, currency text, recipient text, sentence text,
    config_version int, action_id uuid, action_config_version int, policy_version_id uuid, risk_level text,
    governance_status text, governance_reason text, execution_status text,
    receipt_id uuid, receipt_parts text[], approval_request_id uuid, window_minutes int, links jsonb,
    claim_worker text, claim_token_hash text, lease_seconds int,
    per_minute int, per_day int, per_month int, emails_per_month int, policy_rule text, evaluated_at timestamptz,
    grants jsonb, budgets jsonb, over_budget uuid, budget_mark text, ask_again boolean, previous_run_id uuid, accepts_changes boolean, shadow jsonb, asked_by jsonb)
  LOOP
    ordinal := r.ordinal;
    existing_run_id := NULL; minute_used := NULL; day_used := NULL; month_used := NULL; used := NULL; mail_not_sent_reason := NULL;
    standing_grant := NULL; grant_use := NULL; budget := NULL; ledger := NULL; exceeded := NULL; effect := NULL;
    -- Milliseconds: what is stored, hashed and shown is one and the same time.
    now_ms := date_trunc('milliseconds', clock_timestamp());
    decided_at := now_ms;
    SELECT * INTO k FROM daai_check_keys(decode(r.api_key_hash, 'hex'), decode(r.workspace_key_hash, 'hex'));
    IF k.refusal IS NOT NULL THEN
      outcome := k.refusal; RETURN NEXT; CONTINUE;
    END IF;

    -- Statements of their own, so that each is an index look-up.
    prior_id := NULL; prior_attempt := NULL;
    IF r.is_retry THEN
      SELECT run.id, run.payload_hash, false INTO prior_id, prior_hash, is_prior_over FROM action_runs run
      WHERE run.workspace_id = k.workspace_id AND run.id = r.run_id;
    END IF;
    IF prior_id IS NULL AND r.idempotency_key IS NOT NULL THEN
      SELECT run.id, run.payload_hash, run.attempt, run.governance_reason,
        daai_ended_at(run.governance_status, run.execution_status, run.decided_at, run.execution_reported_at) IS NOT NULL
      INTO prior_id, prior_hash, prior_attempt, prior_reason, is_prior_over FROM action_runs run
      WHERE run.workspace_id = k.workspace_id AND run.action_name = r.action_name AND run.idempotency_key = r.idempotency_key
      ORDER BY run.attempt DESC LIMIT 1;
    END IF;
    -- Who asks again names the run that was the last one: of many at the same moment, one makes the next.
    may_ask_again := coalesce(r.ask_again, false);
    -- What only a freeze blocked needs no asking again once that is over. A process of the release before sends no ask_again, and could
    -- not continue.
    IF prior_id IS NOT NULL AND is_prior_over AND prior_reason = 'frozen' AND r.ask_again IS NOT NULL THEN
      may_ask_again := r.ask_again OR r.governance_reason <> 'frozen';
      IF r.governance_reason = 'frozen' AND daai_frozen_since(k.workspace_id,
          (SELECT a.id FROM registered_actions a WHERE a.workspace_id = k.workspace_id AND a.name = r.action_name), k.api_key_id) IS NULL THEN
        outcome := 'stale'; RETURN NEXT; CONTINUE;
      END IF;
    END IF;
    IF prior_id IS NOT NULL AND NOT (may_ask_again AND is_prior_over AND coalesce(r.previous_run_id, prior_id) = prior_id) THEN
      outcome := CASE WHEN prior_hash = decode(r.payload_hash, 'hex') THEN 'existing' ELSE 'idempotency_conflict' END;
      existing_run_id := prior_id; RETURN NEXT; CONTINUE;
    END IF;

    SELECT a.id, a.config_version, a.title, a.ask_again_after_minutes, a.approvals, a.later_stages, a.rule_approvers INTO act FROM registered_actions a
    WHERE a.workspace_id = k.workspace_id AND a.name = r.action_name;
    IF k.config_version IS DISTINCT FROM r.config_version OR act.id IS DISTINCT FROM r.action_id
       OR act.config_version IS DISTINCT FROM r.action_config_version
       -- A process of the release before doesn't know that rules have approvers of their own, and may not decide whom to ask.
       OR r.governance_status = 'pending_approval' AND r.asked_by IS NULL AND act.rule_approvers <> '[]'
       -- Rules can look at the time: an evaluation by another time than the database's is made again.
       OR abs(extract(epoch FROM now_ms - r.evaluated_at)) > 30 THEN
      outcome := 'stale'; RETURN NEXT; CONTINUE;
    END IF;
    IF prior_id IS NOT NULL THEN
      -- A policy that would block the same again gives the run that it blocked. Else the application adds the earlier run to the receipt.
      outcome := CASE
        WHEN r.governance_status = 'blocked' AND prior_reason = r.governance_reason AND prior_hash = decode(r.payload_hash, 'hex') THEN 'existing'
        WHEN r.previous_run_id IS NULL THEN 'ask_again' END;
      IF outcome IS NOT NULL THEN
        existing_run_id := prior_id; RETURN NEXT; CONTINUE;
      END IF;
    END IF;
    IF act.ask_again_after_minutes IS NOT NULL THEN
      SELECT run.id INTO existing_run_id FROM action_runs run
      WHERE run.workspace_id = k.workspace_id AND run.action_name = r.action_name
        AND (run.id = prior_id OR run.payload_hash = decode(r.payload_hash, 'hex'))
        AND run.governance_reason IN ('rejected_by_human', 'manually_blocked_by_approver', 'approval_revoked')
        AND run.decided_at > now_ms - make_interval(mins => act.ask_again_after_minutes)
        -- What a member tried is nobody's no to an agent.
        AND NOT run.is_test
      ORDER BY run.decided_at DESC LIMIT 1;
      IF existing_run_id IS NOT NULL THEN
        outcome := 'ask_again_too_soon'; RETURN NEXT; CONTINUE;
      END IF;
    END IF;

    this_minute := date_trunc('minute', now_ms, 'UTC');
    this_day := date_trunc('day', now_ms, 'UTC');
    this_month := date_trunc('month', now_ms, 'UTC');
    outcome := NULL;
    month_used := daai_count_up('runs_per_month', k.owner_id::text, this_month, r.per_month);
    IF month_used IS NULL THEN
      outcome := 'monthly_run_limit';
      used := daai_counted('runs_per_month', k.owner_id::text, this_month);
    END IF;
    IF outcome IS NULL AND r.per_day IS NOT NULL THEN
      day_used := daai_count_up('intercepts_per_day', k.api_key_id::text, this_day, r.per_day);
      IF day_used IS NULL THEN
        outcome := 'rate_limit_day';
        used := daai_counted('intercepts_per_day', k.api_key_id::text, this_day);
      END IF;
    END IF;
    IF outcome IS NULL AND r.per_minute IS NOT NULL THEN
      minute_used := daai_count_up('intercepts_per_minute', k.api_key_id::text, this_minute, r.per_minute);
      IF minute_used IS NULL THEN
        outcome := 'rate_limit_minute';
        used := daai_counted('intercepts_per_minute', k.api_key_id::text, this_minute);
      END IF;
    END IF;

    -- Last, so that whoever waits for the owner's counter does not keep a freeze waiting; and in two statements, the second of which
    -- sees every freeze that was there before the first.
    IF outcome IS NULL THEN
      PERFORM daai_delay_freezes(k.workspace_id);
      IF (daai_frozen_since(k.workspace_id, act.id, k.api_key_id) IS NOT NULL) <> (r.governance_reason = 'frozen') THEN outcome := 'stale'; END IF;
    END IF;

    IF outcome IS NULL AND r.budgets IS NULL THEN
      -- A process of the release before knows no budgets, and may not decide where there is one.
      IF EXISTS (SELECT FROM budgets b WHERE b.workspace_id = k.workspace_id AND b.deleted_at IS NULL) THEN outcome := 'stale'; END IF;
    ELSIF outcome IS NULL AND r.budgets <> '[]' THEN
      IF held[1].workspace_id <> k.workspace_id THEN
        IF is_behind THEN PERFORM daai_write_budget_totals(held); END IF;
        held := NULL; is_behind := false;
      END IF;
      -- Assigned: a SELECT would be one more statement for each proposal.
      reserved := daai_reserve_budgets(k.workspace_id, r.run_id, r.budgets, now_ms, held);
      held := reserved.held; is_behind := is_behind OR reserved.is_behind; ledger := reserved.ledger; exceeded := reserved.exceeded; effect := reserved.effect;
      -- A budget only makes an answer stricter. The application prepares that answer, and proposes again.
      outcome := CASE
        WHEN r.over_budget IS NOT NULL AND r.over_budget IS DISTINCT FROM exceeded THEN 'other_budget'
        WHEN r.over_budget IS NULL AND (effect = 'block' OR effect = 'ask' AND r.governance_status = 'allowed') THEN 'over_budget' END;
      IF outcome = 'over_budget' THEN budget := jsonb_build_object('budget_id', exceeded); END IF;
    END IF;

    IF outcome IS NULL AND r.grants ? 'id' THEN
      grant_use := daai_use_grant(k.workspace_id, act.id, k.api_key_id, r.grants, r.amount, r.currency, now_ms);
      IF grant_use.grant_id IS NULL THEN outcome := 'grant_refused'; END IF;
    ELSIF outcome IS NULL AND r.governance_status = 'pending_approval' AND r.grants IS NOT NULL THEN
      -- Before a person is asked, every grant there is has been tried.
      IF EXISTS (SELECT FROM daai_live_grants(act.id, now_ms) g WHERE NOT r.grants->'known' ? g.id::text) THEN outcome := 'stale'; END IF;
    END IF;

    expires := CASE WHEN r.governance_status = 'pending_approval' THEN now_ms + make_interval(mins => r.window_minutes) END;
    is_new := false;
    IF outcome IS NULL THEN
      INSERT INTO action_runs (id, workspace_id, api_key_id, action_name, action_id, action_title, policy_version_id, idempotency_key,
        risk_level, governance_status, governance_reason, policy_rule, execution_status, actor, reasoning, source_type, source_ref,
        payload_text, payload, payload_hash, payload_salt, amount, currency, recipient, sentence, created_at, expires_at, decided_at,
        claim_worker, claim_token_hash, claimed_at, claim_expires_at, attempt, previous_run_id, accepts_changes)
      VALUES (r.run_id, k.workspace_id, k.api_key_id, r.action_name, r.action_id, act.title, r.policy_version_id, r.idempotency_key,
        r.risk_level, r.governance_status, r.governance_reason, r.policy_rule, r.execution_status, r.actor, r.reasoning, r.source_type, r.source_ref,
        r.payload_text, r.payload_text::jsonb, decode(r.payload_hash, 'hex'), decode(r.payload_salt, 'hex'),
        r.amount, r.currency, r.recipient,
        -- A process of the release before, which still serves, sends none.
        coalesce(r.sentence, 'run ' || r.action_name), now_ms, expires,
        CASE WHEN expires IS NULL THEN now_ms END,
        r.claim_worker, decode(r.claim_token_hash, 'hex'),
        CASE WHEN r.claim_worker IS NOT NULL THEN now_ms END,
        CASE WHEN r.claim_worker IS NOT NULL THEN now_ms + make_interval(secs => r.lease_seconds) END,
        coalesce(prior_attempt + 1, 1), prior_id, coalesce(r.accepts_changes, false))
      ON CONFLICT DO NOTHING
      RETURNING r.governance_status <> 'blocked' AND NOT is_test, is_test INTO is_counted, is_test_run;
      is_new := FOUND;
      -- Test requests are no traffic of an agent's.
      IF is_new AND r.shadow IS NOT NULL AND NOT is_test_run THEN
        INSERT INTO shadow_answers (workspace_id, run_id, shadow_id, policy_outcome, outcome, reason, rule)
        VALUES (k.workspace_id, r.run_id, (r.shadow->>'id')::uuid, r.shadow->>'policy_outcome', r.shadow->>'outcome', r.shadow->>'reason', r.shadow->>'rule');
      END IF;
      IF is_new AND grant_use.grant_id IS NOT NULL THEN
        INSERT INTO grant_uses (run_id, workspace_id, grant_id, asked_reason, amount, uses_before, used_before)
        VALUES (r.run_id, k.workspace_id, grant_use.grant_id, grant_use.asked_reason, grant_use.amount, grant_use.uses_before, grant_use.used_before);
        standing_grant := daai_run_grant(r.run_id);
      END IF;
      IF is_new AND ledger IS NOT NULL THEN
        IF NOT is_counted THEN
          ledger := daai_release_budgets(ledger, held);
          held := NULL; is_behind := false;
        END IF;
        -- Those of all runs are written together at the end, unless they are to be read.
        IF exceeded IS NULL THEN
          unwritten := unwritten || ledger;
        ELSE
          PERFORM daai_write_budget_entries(ledger);
          budget := daai_run_budget(r.run_id);
        END IF;
      END IF;
    END IF;
    IF NOT is_new THEN
      IF ledger IS NOT NULL THEN
        PERFORM daai_release_budgets(ledger, held);
        held := NULL; is_behind := false;
      END IF;
      IF month_used IS NOT NULL THEN PERFORM daai_count_down('runs_per_month', k.owner_id::text, this_month); END IF;
      IF day_used IS NOT NULL THEN PERFORM daai_count_down('intercepts_per_day', k.api_key_id::text, this_day); END IF;
      IF minute_used IS NOT NULL THEN PERFORM daai_count_down('intercepts_per_minute', k.api_key_id::text, this_minute); END IF;
      -- The same key on another server in the same moment, which this one has waited for: its run is the run, also when
      -- it took the last of the quota.
      SELECT * INTO prior_id, prior_hash FROM (
        SELECT run.id, run.payload_hash FROM action_runs run
        WHERE run.workspace_id = k.workspace_id AND run.id = r.run_id
        UNION ALL
        SELECT run.id, run.payload_hash FROM action_runs run
        WHERE run.workspace_id = k.workspace_id AND run.action_name = r.action_name AND run.idempotency_key = r.idempotency_key
          AND run.attempt = coalesce(prior_attempt + 1, 1)
      ) made LIMIT 1;
      IF prior_id IS NOT NULL THEN
        outcome := CASE WHEN prior_hash = decode(r.payload_hash, 'hex') THEN 'existing' ELSE 'idempotency_conflict' END;
        existing_run_id := prior_id;
      END IF;
      RETURN NEXT; CONTINUE;
    END IF;

    IF r.receipt_id IS NOT NULL THEN
      -- The application wrote the body around the one thing it cannot know: the database's time.
      receipt_body := array_to_string(r.receipt_parts, to_char(now_ms AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
      IF r.budget_mark IS NOT NULL THEN
        receipt_body := replace(replace(replace(receipt_body, r.budget_mark || '-start', budget->>'period_start'),
          r.budget_mark || '-end', budget->>'period_end'), r.budget_mark || '-used', budget->>'used_before');
      END IF;
      IF standing_grant IS NOT NULL THEN
        receipt_body := replace(replace(receipt_body, r.grants->>'mark' || '-uses', standing_grant->>'uses_before'),
          r.grants->>'mark' || '-used', standing_grant->>'used_before');
      END IF;
      INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at)
      VALUES (r.receipt_id, k.workspace_id, 'decision', r.run_id, receipt_body,
              sha256('\x00'::bytea || convert_to(receipt_body, 'UTF8')), now_ms);
    ELSE
      -- The stages are read here, so that a process of the release before, which still serves, keeps to them too.
      own := (SELECT one FROM jsonb_array_elements(act.rule_approvers) one WHERE one->>'rule' = r.asked_by->>'rule');
      INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at, asked_rule, stages)
      SELECT r.approval_request_id, k.workspace_id, r.run_id, array_agg(l.email), r.governance_reason, expires, now_ms, own->>'rule',
        CASE WHEN (own->>'approvals')::int > 1 THEN jsonb_build_array(jsonb_build_object('approvals', own->'approvals', 'people', jsonb_agg(l.email)))
          WHEN own IS NOT NULL THEN NULL
          WHEN act.approvals > 1 OR act.later_stages <> '[]' THEN
          jsonb_build_array(jsonb_build_object('approvals', act.approvals, 'people', jsonb_agg(l.email))) || act.later_stages END
      FROM jsonb_to_recordset(r.links) AS l(email text);
      FOR link IN SELECT * FROM jsonb_to_recordset(r.links) AS l(
        link_id uuid, delivery_id uuid, email text, token_hash text, sealed_token text)
      LOOP
        INSERT INTO decision_links (id, workspace_id, approval_request_id, approver_email, token_hash, expires_at, created_at)
        VALUES (link.link_id, k.workspace_id, r.approval_request_id, link.email, decode(link.token_hash, 'hex'), expires, now_ms);
        IF daai_count_up('emails_per_month', k.owner_id::text, this_month, r.emails_per_month) IS NULL THEN
          mail_not_sent_reason := 'monthly_email_limit';
        END IF;
        INSERT INTO email_deliveries (id, workspace_id, run_id, decision_link_id, kind, to_email, status, not_sent_reason,
          sealed_token, created_at)
        VALUES (link.delivery_id, k.workspace_id, r.run_id, link.link_id, 'approval_request', link.email,
          CASE WHEN mail_not_sent_reason IS NULL THEN 'queued' ELSE 'not_sent' END, mail_not_sent_reason,
          CASE WHEN mail_not_sent_reason IS NULL THEN decode(link.sealed_token, 'hex') END, now_ms);
        IF mail_not_sent_reason IS NULL THEN
          PERFORM graphile_worker.add_job('send-email', json_build_object('deliveryId', link.delivery_id));
        END IF;
      END LOOP;
      IF mail_not_sent_reason IS NOT NULL THEN
        UPDATE action_runs SET mail_not_sent_reason = 'monthly_email_limit' WHERE id = r.run_id;
      END IF;
      PERFORM graphile_worker.add_job('expire-run', json_build_object('runId', r.run_id), run_at => expires);
    END IF;

    IF k.last_used_at IS NULL OR k.last_used_at < now_ms - interval '5 minutes' THEN
      UPDATE api_keys SET last_used_at = now_ms WHERE id = k.api_key_id OR key_hash = decode(r.workspace_key_hash, 'hex');
    END IF;
    outcome := 'created'; RETURN NEXT;
  END LOOP;
  IF is_behind THEN PERFORM daai_write_budget_totals(held); END IF;
  IF unwritten IS NOT NULL THEN PERFORM daai_write_budget_entries(unwritten); END IF;
END $function$;

