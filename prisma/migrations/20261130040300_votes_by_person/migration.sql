-- A person finds the runs they helped to approve.
CREATE INDEX votes_by_person ON votes (daai_person(voter)) WHERE revoked_at IS NULL;
-- Nothing read it: the channel says that the approval was given through a link, and the vote who gave it.
ALTER TABLE votes DROP COLUMN link_id;
