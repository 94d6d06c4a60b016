-- When the claim that a run has was last renewed. Before, each renewal was an audit event; those that are there stay.
ALTER TABLE action_runs ADD COLUMN claim_renewed_at timestamptz(3);
