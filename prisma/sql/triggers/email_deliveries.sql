CREATE TRIGGER email_deliveries_announce AFTER UPDATE OF status ON email_deliveries
  FOR EACH ROW
  WHEN (old.status IS DISTINCT FROM new.status AND new.run_id IS NOT NULL)
  EXECUTE FUNCTION daai_announce_delivery();
