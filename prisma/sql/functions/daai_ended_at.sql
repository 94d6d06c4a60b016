-- When a run was over without an execution, for good; null while it is pending, may run or may have run, and after it was
-- executed. The same rule in TypeScript: endedAt (lib/domain/runs/asking-again.ts).
CREATE OR REPLACE FUNCTION daai_ended_at(governance_status text, execution_status text, decided_at timestamp with time zone, execution_reported_at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE
    WHEN execution_status = 'failed' THEN execution_reported_at
    WHEN governance_status IN ('rejected', 'blocked') THEN decided_at END
$function$;
