-- A pending run is decided once, and a yes that nobody claimed may end once. Each changes one run and so takes one row of
-- run_counts, as its last shared lock: what a change reserves in budgets is locked before, as in daai_intercept.
CREATE OR REPLACE FUNCTION daai_count_decided_run()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE run_counts SET
    pending_approval = pending_approval - (OLD.governance_status = 'pending_approval')::int,
    allowed = allowed - (OLD.governance_status = 'allowed')::int,
    approved = approved + (NEW.governance_status = 'approved')::int - (OLD.governance_status = 'approved')::int,
    rejected = rejected + (NEW.governance_status = 'rejected')::int,
    blocked = blocked + (NEW.governance_status = 'blocked')::int,
    expired = expired + (NEW.governance_reason = 'approval_expired')::int
  WHERE workspace_id = NEW.workspace_id AND hour = date_trunc('hour', NEW.created_at, 'UTC');
  RETURN NULL;
END $function$;
