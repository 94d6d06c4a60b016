-- A management key can be allowed to manage budgets, to revoke standing grants, to freeze and to thaw. Receipts say that a freeze came through it.
ALTER TABLE management_keys
  DROP CONSTRAINT management_keys_scopes,
  ADD CONSTRAINT management_keys_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['actions:read'::text, 'actions:write'::text,
    'approvers:write'::text, 'budgets:read'::text, 'budgets:write'::text, 'grants:read'::text, 'grants:revoke'::text, 'freezes:read'::text,
    'freezes:start'::text, 'freezes:thaw'::text, 'events:read'::text]);

ALTER TABLE freezes
  DROP CONSTRAINT freezes_channel,
  ADD CONSTRAINT freezes_channel CHECK (channel IN ('console', 'admin_cli', 'management_api')),
  DROP CONSTRAINT freezes_thaw_channel,
  ADD CONSTRAINT freezes_thaw_channel CHECK (thaw_channel IN ('console', 'admin_cli', 'management_api'));
