-- Many rows at once, in one order, so that two of these cannot wait for each other. A transaction locks the row of the hour it
-- changes until it ends. Proposals of one owner wait for each other already, at the owner's monthly counter, and take this row
-- after it.
CREATE OR REPLACE FUNCTION daai_count_new_runs()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF (SELECT count(*) FROM added) = 1 THEN
    UPDATE run_counts c SET
      allowed = c.allowed + (a.governance_status = 'allowed')::int,
      pending_approval = c.pending_approval + (a.governance_status = 'pending_approval')::int,
      approved = c.approved + (a.governance_status = 'approved')::int,
      rejected = c.rejected + (a.governance_status = 'rejected')::int,
      blocked = c.blocked + (a.governance_status = 'blocked')::int,
      expired = c.expired + (a.governance_reason = 'approval_expired')::int,
      unknown_action = c.unknown_action + (a.governance_reason = 'unknown_action')::int
    FROM added a WHERE c.workspace_id = a.workspace_id AND c.hour = date_trunc('hour', a.created_at, 'UTC');
    IF FOUND THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO run_counts AS c (workspace_id, hour, allowed, pending_approval, approved, rejected, blocked, expired, unknown_action)
  SELECT workspace_id, date_trunc('hour', created_at, 'UTC'),
    count(*) FILTER (WHERE governance_status = 'allowed'), count(*) FILTER (WHERE governance_status = 'pending_approval'),
    count(*) FILTER (WHERE governance_status = 'approved'), count(*) FILTER (WHERE governance_status = 'rejected'),
    count(*) FILTER (WHERE governance_status = 'blocked'), count(*) FILTER (WHERE governance_reason = 'approval_expired'),
    count(*) FILTER (WHERE governance_reason = 'unknown_action')
  FROM added GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (workspace_id, hour) DO UPDATE SET
    allowed = c.allowed + excluded.allowed, pending_approval = c.pending_approval + excluded.pending_approval,
    approved = c.approved + excluded.approved, rejected = c.rejected + excluded.rejected,
    blocked = c.blocked + excluded.blocked, expired = c.expired + excluded.expired,
    unknown_action = c.unknown_action + excluded.unknown_action;
  RETURN NULL;
END $function$;
