-- Ends every grant of a workspace that has to end, in the transaction of the change that causes it.
CREATE OR REPLACE FUNCTION daai_end_lost_grants(workspace uuid, deciders text[])
 RETURNS TABLE(grant_id uuid, given_by text, reason text)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
BEGIN
  FOR grant_id, given_by, reason IN
    SELECT g.id, g.given_by, daai_grant_lost(g, deciders) FROM standing_grants g
    WHERE g.workspace_id = workspace AND g.ended_at IS NULL AND g.ends_at > clock_timestamp() AND daai_grant_lost(g, deciders) IS NOT NULL
    ORDER BY g.id
  LOOP
    IF daai_end_grant(grant_id, reason, NULL, NULL) THEN RETURN NEXT; END IF;
  END LOOP;
END $function$;
