CREATE TRIGGER approval_requests_announce AFTER INSERT ON approval_requests
  FOR EACH ROW
  EXECUTE FUNCTION daai_announce_asking();

CREATE TRIGGER approval_requests_plan BEFORE INSERT ON approval_requests
  FOR EACH ROW
  EXECUTE FUNCTION daai_plan_approval();
