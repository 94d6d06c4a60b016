CREATE TRIGGER registered_actions_end_makers_votes AFTER UPDATE OF requires_four_eyes ON registered_actions
  FOR EACH ROW
  WHEN (new.requires_four_eyes AND NOT old.requires_four_eyes)
  EXECUTE FUNCTION daai_end_makers_votes();
