-- The runs of one action for one recipient, newest first. A recipient can be longer than an index entry, so its hash stands for it.
-- By time, which no other index is in order of: a plan that walks all workspaces' runs instead is never the cheaper one.
CREATE INDEX action_runs_by_recipient ON action_runs (workspace_id, action_name, hashtextextended(recipient, 0), created_at, id)
  WHERE recipient IS NOT NULL;
-- The runs of one actor that people decided, newest first. A run that its policy decides is not in it.
CREATE INDEX action_runs_decided_by_actor ON action_runs (workspace_id, actor, created_at, id)
  WHERE decided_by IS NOT NULL AND actor IS NOT NULL;
