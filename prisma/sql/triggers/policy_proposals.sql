CREATE TRIGGER policy_proposals_ended AFTER UPDATE OF status ON policy_proposals
  FOR EACH ROW
  WHEN (old.status IS DISTINCT FROM new.status)
  EXECUTE FUNCTION daai_queue_proposal_webhooks();

CREATE TRIGGER policy_proposals_made AFTER INSERT ON policy_proposals
  FOR EACH ROW
  EXECUTE FUNCTION daai_queue_proposal_webhooks();
