-- What a decision says about the payload: the changes that were approved, or those that a person proposed with their rejection,
-- with the payload that they would accept.
CREATE OR REPLACE FUNCTION daai_decision_changes(run action_runs)
 RETURNS TABLE(changes json, proposed_payload json)
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  SELECT c.changes_text::json, CASE WHEN c.kind = 'proposal' THEN c.payload_text::json END FROM payload_changes c
  WHERE c.workspace_id = run.workspace_id AND c.run_id = run.id
    AND CASE c.kind WHEN 'change' THEN c.applied_at IS NOT NULL ELSE run.governance_reason = 'rejected_by_human' END
$function$;
