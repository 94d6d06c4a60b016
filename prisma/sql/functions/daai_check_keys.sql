-- Whose keys these are, and whether both are valid and of one workspace. Always one row; `refusal` null means yes. Who holds no
-- valid API key is told nothing about the workspace key.
CREATE OR REPLACE FUNCTION daai_check_keys(api_key_hash bytea, workspace_key_hash bytea)
 RETURNS TABLE(refusal text, api_key_id uuid, workspace_id uuid, owner_id uuid, config_version integer, last_used_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT CASE
      WHEN a.id IS NULL THEN 'invalid_api_key'
      WHEN k.id IS NULL THEN 'invalid_workspace_key'
      WHEN k.workspace_id <> a.workspace_id THEN 'keys_of_different_workspaces'
    END, a.id, a.workspace_id, a.owner_id, a.config_version, a.last_used_at
  FROM (VALUES (1)) AS one
  LEFT JOIN LATERAL (
    SELECT key.id, key.workspace_id, key.last_used_at, w.owner_id, w.config_version
    FROM api_keys key JOIN workspaces w ON w.id = key.workspace_id
    WHERE key.key_hash = $1 AND key.kind IN ('api', 'test') AND key.revoked_at IS NULL
      AND (key.expires_at IS NULL OR key.expires_at > statement_timestamp()) AND w.deleted_at IS NULL) a ON true
  LEFT JOIN LATERAL (
    SELECT key.id, key.workspace_id FROM api_keys key
    WHERE key.key_hash = $2 AND key.kind IN ('workspace', 'test') AND key.revoked_at IS NULL
      AND (key.expires_at IS NULL OR key.expires_at > statement_timestamp())) k ON true
$function$;
