-- The limits of a grant are its giver's own, not from the payload.
COMMENT ON FUNCTION daai_queue_grant_webhooks IS 'The webhooks of a standing grant. Never what has to be the same, nor amounts: a receiver may know less than a member.';
