CREATE TRIGGER approval_requests_announce AFTER INSERT ON approval_requests
  FOR EACH ROW
  EXECUTE FUNCTION daai_announce_asking();

CREATE TRIGGER approval_requests_plan BEFORE INSERT ON approval_requests
  FOR EACH ROW
  EXECUTE FUNCTION daai_plan_approval();

CREATE TRIGGER approval_requests_stages_kept BEFORE UPDATE OF stages ON approval_requests
  FOR EACH ROW
  WHEN (new.stages IS DISTINCT FROM old.stages)
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER approval_requests_tell_pending AFTER INSERT ON approval_requests
  FOR EACH ROW
  EXECUTE FUNCTION daai_run_pending();
