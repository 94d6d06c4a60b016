-- Filters of the list of runs that a member has given a name. They go with the membership.
CREATE TABLE saved_views (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL,
  user_id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
  search text NOT NULL CHECK (char_length(search) <= 10000),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT saved_views_member FOREIGN KEY (workspace_id, user_id) REFERENCES members (workspace_id, user_id)
    ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT saved_views_name UNIQUE (workspace_id, user_id, name)
);
