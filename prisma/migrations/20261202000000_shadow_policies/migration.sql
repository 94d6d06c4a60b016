-- Drafts of policies that run beside the one in force. They decide nothing. One at a time runs of an action.
CREATE TABLE shadow_policies (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  action_id uuid NOT NULL,
  draft jsonb NOT NULL,
  -- The version in force when it was started.
  policy_version integer NOT NULL,
  started_by text NOT NULL,
  started_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ended_at timestamptz(3),
  -- Null: the operator at the command line, whose edit made it the policy.
  ended_by text,
  end_reason text,
  CONSTRAINT shadow_policies_workspace_id_action_id_fkey FOREIGN KEY (workspace_id, action_id) REFERENCES registered_actions (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT shadow_policies_end_reason CHECK (end_reason IN ('stopped', 'replaced', 'in_force')),
  CONSTRAINT shadow_policies_ended CHECK ((ended_at IS NOT NULL) = (end_reason IS NOT NULL) AND (ended_by IS NULL OR ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX shadow_policies_workspace_id_id_key ON shadow_policies (workspace_id, id);
CREATE UNIQUE INDEX shadow_policies_one_running ON shadow_policies (action_id) WHERE ended_at IS NULL;
CREATE INDEX shadow_policies_by_action ON shadow_policies (action_id, ended_at);

-- What a shadow policy would have answered about a run, beside what the policy in force answered by itself, without budgets and grants.
CREATE TABLE shadow_answers (
  workspace_id uuid NOT NULL,
  run_id uuid NOT NULL,
  shadow_id uuid NOT NULL,
  -- Null: no policy decided, because the action was frozen or inactive.
  policy_outcome text,
  -- Null beside an answer of the policy in force: the draft couldn't be evaluated.
  outcome text,
  reason text,
  rule text,
  is_erased boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, run_id),
  CONSTRAINT shadow_answers_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT shadow_answers_workspace_id_shadow_id_fkey FOREIGN KEY (workspace_id, shadow_id) REFERENCES shadow_policies (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT shadow_answers_policy_outcome CHECK (policy_outcome IN ('allowed', 'blocked', 'pending_approval')),
  CONSTRAINT shadow_answers_outcome CHECK (outcome IN ('allowed', 'blocked', 'pending_approval')),
  CONSTRAINT shadow_answers_whole CHECK ((outcome IS NOT NULL) = (reason IS NOT NULL) AND (rule IS NULL OR outcome IS NOT NULL)
    AND (outcome IS NULL OR policy_outcome IS NOT NULL) AND (NOT is_erased OR policy_outcome IS NULL))
);
-- Counting reads nothing else.
CREATE INDEX shadow_answers_by_shadow ON shadow_answers (shadow_id, run_id) INCLUDE (policy_outcome, outcome);

CREATE FUNCTION daai_erase_shadow_answer() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  UPDATE shadow_answers SET policy_outcome = NULL, outcome = NULL, reason = NULL, rule = NULL, is_erased = true
  WHERE workspace_id = NEW.workspace_id AND run_id = NEW.id;
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_erase_shadow_answer() IS 'What a shadow policy said of a payload is erased with it, whichever release erases it.';
CREATE TRIGGER action_runs_erase_shadow_answer AFTER UPDATE OF payload_text ON action_runs FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_erase_shadow_answer();

-- Added to the function as it stands, whatever came before in this release.
DO $migration$
DECLARE
  definition text := pg_get_functiondef('daai_intercept(jsonb)'::regprocedure);
  change text[];
BEGIN
  FOREACH change SLICE 1 IN ARRAY ARRAY[
    ['accepts_changes boolean)', 'accepts_changes boolean, shadow jsonb)'],
    ['  is_counted boolean;', '  is_counted boolean;
  is_test_run boolean;'],
    ['AND NOT is_test INTO is_counted;', 'AND NOT is_test, is_test INTO is_counted, is_test_run;'],
    ['      is_new := FOUND;', '      is_new := FOUND;
      -- Test requests are no traffic of an agent''s.
      IF is_new AND r.shadow IS NOT NULL AND NOT is_test_run THEN
        INSERT INTO shadow_answers (workspace_id, run_id, shadow_id, policy_outcome, outcome, reason, rule)
        VALUES (k.workspace_id, r.run_id, (r.shadow->>''id'')::uuid, r.shadow->>''policy_outcome'', r.shadow->>''outcome'', r.shadow->>''reason'', r.shadow->>''rule'');
      END IF;']
  ] LOOP
    IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
      RAISE EXCEPTION 'daai_intercept has changed: % is not in it once', change[1];
    END IF;
    definition := replace(definition, change[1], change[2]);
  END LOOP;
  EXECUTE definition;
END $migration$;
