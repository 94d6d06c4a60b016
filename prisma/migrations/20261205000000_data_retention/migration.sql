-- Where an owner asks for it, the personal data of runs is erased some days after they ended.
CREATE TABLE data_retentions (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE RESTRICT,
  kept_days integer NOT NULL CHECK (kept_days BETWEEN 1 AND 3650),
  set_by text NOT NULL,
  -- No run up to this ID has data left to erase. IDs are in the order of time (RFC 9562, version 7).
  erased_up_to uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
);
