-- What the approvals queue reads, and what tells open pages of it.

-- 0 for low to 3 for critical, as lib/domain/risk-levels.ts counts them.
CREATE FUNCTION daai_risk_rank(risk_level text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE risk_level WHEN 'critical' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END
$$;

-- The queue's order (lib/domain/queue-order.ts) within a workspace: riskiest first, then the least time left.
CREATE INDEX action_runs_waiting ON action_runs (workspace_id, daai_risk_rank(risk_level) DESC, expires_at, id)
  WHERE governance_status = 'pending_approval';

-- What a person was asked by address, in whatever workspace.
CREATE INDEX decision_links_approver ON decision_links (approver_email, expires_at);

-- A run that waits for people is told to open pages when it commits, wherever it was written. Its transaction notifies
-- the worker's queue anyway, so this costs it no further lock. Each of those asked is told under their own address, too:
-- they need not be members.
CREATE FUNCTION daai_announce_asking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('daai_changed', NEW.workspace_id || ' approvals'), pg_notify('daai_changed', NEW.workspace_id || ' runs');
  PERFORM pg_notify('daai_changed', email || ' approvals') FROM unnest(NEW.approver_emails) AS email;
  RETURN NULL;
END $$;

CREATE TRIGGER approval_requests_announce AFTER INSERT ON approval_requests
  FOR EACH ROW EXECUTE FUNCTION daai_announce_asking();

-- So is what became of a mail about a run: sent, given up, bounced.
CREATE FUNCTION daai_announce_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('daai_changed', NEW.workspace_id || ' approvals'), pg_notify('daai_changed', NEW.workspace_id || ' runs');
  RETURN NULL;
END $$;

CREATE TRIGGER email_deliveries_announce AFTER UPDATE OF status ON email_deliveries
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.run_id IS NOT NULL) EXECUTE FUNCTION daai_announce_delivery();
