-- Keys made at the command line said "operator", so that "nobody approves what their own key proposed" bound nobody. Whoever owned
-- the workspace made them: the owner of the time, where a later change of owner is on record, else the owner of today.
UPDATE api_keys key SET created_by = u.email
FROM workspaces w, users u
WHERE key.created_by = 'operator' AND w.id = key.workspace_id AND u.id::text = coalesce(
  (SELECT event.data ->> 'before' FROM audit_events event
   WHERE event.workspace_id = key.workspace_id AND event.verb = 'workspace.owner_changed' AND event.created_at > key.created_at
   ORDER BY event.created_at, event.id LIMIT 1),
  w.owner_id::text);
