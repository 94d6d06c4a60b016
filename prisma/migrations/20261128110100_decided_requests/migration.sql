-- The newest decisions of a workspace, and those of one person in all workspaces.
CREATE INDEX decisions_by_workspace ON decisions (workspace_id, id);
CREATE INDEX decisions_by_person ON decisions (decided_by, id) WHERE decided_by IS NOT NULL;
