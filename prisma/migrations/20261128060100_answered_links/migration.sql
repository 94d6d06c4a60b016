-- Whether somebody has ever answered by a link: whoever has is no stranger to the console's mail.
CREATE INDEX decision_links_answered_idx ON decision_links (approver_email) WHERE used_at IS NOT NULL;
