-- How far a run with several approvals is, as approvalsOf says it in TypeScript: its first stage that is not complete, and
-- whose yes counts. null: one approval is enough.
CREATE OR REPLACE FUNCTION daai_approvals(run action_runs)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  WITH cast_votes AS (
    SELECT v.* FROM votes v WHERE v.workspace_id = run.workspace_id AND v.run_id = run.id AND v.revoked_at IS NULL
      -- Votes that did not count are revoked with the decision.
      AND (run.governance_status <> 'pending_approval' OR daai_vote_counts(v, run))),
  stage AS (
    SELECT s.number::int, (s.stage ->> 'approvals')::int AS required, (SELECT count(*)::int FROM cast_votes v WHERE v.stage = s.number) AS given
    FROM approval_requests q CROSS JOIN LATERAL jsonb_array_elements(q.stages) WITH ORDINALITY AS s (stage, number)
    WHERE q.workspace_id = run.workspace_id AND q.run_id = run.id AND run.expires_at IS NOT NULL),
  total AS (
    SELECT coalesce(min(number) FILTER (WHERE given < required), max(number)) AS number, max(number) AS stages
    FROM stage HAVING count(*) > 0)
  SELECT jsonb_build_object(
    'stage', stage.number, 'stages', total.stages, 'required', stage.required, 'given', stage.given,
    'by', (SELECT coalesce(jsonb_agg(v.voter ORDER BY v.created_at, v.id), '[]') FROM cast_votes v WHERE v.stage = stage.number),
    'votes', (SELECT coalesce(jsonb_agg(jsonb_build_object('by', v.voter, 'stage', v.stage, 'at', daai_iso_time(v.created_at), 'channel', v.channel,
      'comment', v.comment) ORDER BY v.created_at, v.id), '[]') FROM cast_votes v))
  FROM total JOIN stage ON stage.number = total.number
$function$;
