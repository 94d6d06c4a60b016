-- A management key can be allowed to run backtests. One that a key asked for names the key in place of a person.
ALTER TABLE management_keys
  DROP CONSTRAINT management_keys_scopes,
  ADD CONSTRAINT management_keys_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['actions:read'::text, 'actions:write'::text,
    'approvers:write'::text, 'backtests:run'::text, 'budgets:read'::text, 'budgets:write'::text, 'grants:read'::text, 'grants:revoke'::text,
    'freezes:read'::text, 'freezes:start'::text, 'freezes:thaw'::text, 'events:read'::text]);
