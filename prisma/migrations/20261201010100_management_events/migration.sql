-- A management key can be allowed to read the activity.
ALTER TABLE management_keys
  DROP CONSTRAINT management_keys_scopes,
  ADD CONSTRAINT management_keys_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['actions:read'::text, 'actions:write'::text,
    'approvers:write'::text, 'events:read'::text]);
