-- Since when time has stood still for what is proposed with this key for this action; null: it is not frozen. Where freezes
-- overlap, each thaw gives back the time until then, so only the rest counts.
CREATE OR REPLACE FUNCTION daai_frozen_since(workspace_id uuid, action_id uuid, api_key_id uuid)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE COST 5
AS $function$
DECLARE
  since timestamptz;
BEGIN
  SELECT min(f.frozen_at) INTO since FROM freezes f
  WHERE f.thawed_at IS NULL AND (f.workspace_id IS NULL OR f.workspace_id = $1)
    AND (f.action_id IS NULL OR f.action_id = $2) AND (f.api_key_id IS NULL OR f.api_key_id = $3);
  IF since IS NULL THEN RETURN NULL; END IF;
  RETURN greatest(since, (SELECT max(f.thawed_at) FROM freezes f
    WHERE f.thawed_at > since AND (f.workspace_id IS NULL OR f.workspace_id = $1)
      AND (f.action_id IS NULL OR f.action_id = $2) AND (f.api_key_id IS NULL OR f.api_key_id = $3)));
END $function$;
