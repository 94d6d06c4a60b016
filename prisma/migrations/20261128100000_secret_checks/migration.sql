-- Which secrets this database is used with, as values that show whether a secret is the same and nothing else.
CREATE TABLE secret_checks (
  name text NOT NULL,
  value text NOT NULL,
  first_seen_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (name, value)
);
