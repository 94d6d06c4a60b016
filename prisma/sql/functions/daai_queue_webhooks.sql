-- One delivery for every endpoint that listens to the event, in the transaction of the change, whoever writes it. A run that
-- its policy decides fires none: the program has its answer already. The first 48 bits of the id are the time (UUID version 7),
-- so that ids are in the order of the events.
CREATE OR REPLACE FUNCTION daai_queue_webhooks(run action_runs, event text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  listening record;
  delivery_id uuid;
BEGIN
  IF run.is_test THEN RETURN; END IF;
  FOR listening IN
    SELECT e.id FROM webhook_endpoints e
    WHERE e.workspace_id = run.workspace_id AND e.disabled_at IS NULL AND e.deleted_at IS NULL AND event = ANY (e.event_types)
    ORDER BY e.id
  LOOP
    delivery_id := daai_new_id(at);
    INSERT INTO webhook_deliveries (id, workspace_id, endpoint_id, run_id, event_type, body, status, created_at, next_attempt_at)
    VALUES (delivery_id, run.workspace_id, listening.id, run.id, event, json_build_object(
      'type', event, 'timestamp', daai_iso_time(at), 'data', json_build_object(
        'action_run_id', run.id, 'workspace_id', run.workspace_id, 'action', run.action_name, 'risk_level', run.risk_level,
        'governance_status', run.governance_status, 'governance_reason', run.governance_reason, 'policy_rule', run.policy_rule,
        -- Without what was read from the payload: receivers read that with their own keys.
        'budget', daai_run_budget(run.id) - '{per_value,amount}'::text[],
        'grant', daai_run_grant(run.id),
        'execution_status', run.execution_status, 'in_doubt', event = 'run.in_doubt',
        'proposed_at', daai_iso_time(run.created_at), 'expires_at', daai_iso_time(run.expires_at),
        'decided_at', daai_iso_time(run.decided_at),
        -- The same rule as wireDecision in TypeScript.
        'decision', CASE WHEN run.governance_status <> 'pending_approval' THEN json_build_object(
          'outcome', run.governance_status, 'reason', run.governance_reason, 'by', run.decided_by,
          'at', daai_iso_time(run.decided_at), 'comment', run.decision_comment,
          'changes', (SELECT d.changes FROM daai_decision_changes(run) d),
          'proposed_payload', (SELECT d.proposed_payload FROM daai_decision_changes(run) d)) END,
        -- The same fields as wireApprovals in TypeScript.
        'approvals', daai_approvals(run) - 'votes'))::text, 'queued', at, at);
    PERFORM daai_send_webhook(delivery_id, listening.id, NULL);
  END LOOP;
END $function$;
