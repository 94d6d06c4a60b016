-- Only a pending run moves, and only once. A decision changes one run and so takes one row of run_counts, as its last shared
-- lock.
CREATE OR REPLACE FUNCTION daai_count_decided_run()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE run_counts SET pending_approval = pending_approval - 1,
    approved = approved + (NEW.governance_status = 'approved')::int,
    rejected = rejected + (NEW.governance_status = 'rejected')::int,
    blocked = blocked + (NEW.governance_status = 'blocked')::int,
    expired = expired + (NEW.governance_reason = 'approval_expired')::int
  WHERE workspace_id = NEW.workspace_id AND hour = date_trunc('hour', NEW.created_at, 'UTC');
  RETURN NULL;
END $function$;
