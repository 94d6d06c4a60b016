-- Whether stages can get all their approvals without the barred. Where a stage lists too few, the others and the owners are
-- asked, each of whom counts in one stage.
CREATE OR REPLACE FUNCTION daai_has_enough_eyes(workspace uuid, stages jsonb, others text[], barred text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  WITH stage AS (SELECT number, value FROM jsonb_array_elements(stages) WITH ORDINALITY AS s (value, number)),
  able AS (
    SELECT DISTINCT listed.number, daai_person(listed.email) AS person FROM (
      SELECT number, jsonb_array_elements_text(value -> 'people') AS email FROM stage
      -- In any stage.
      UNION ALL SELECT 0, unnest(others)
      UNION ALL SELECT 0, u.email FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = workspace AND m.role = 'owner') listed
    WHERE NOT daai_has_left(workspace, listed.email) AND NOT daai_is_disabled(listed.email)
      AND NOT EXISTS (SELECT FROM unnest(barred) b WHERE daai_person(b) = daai_person(listed.email))),
  missing AS (
    SELECT greatest(0, (value ->> 'approvals')::int - (
      SELECT count(*) FROM able a WHERE a.number = stage.number AND a.person NOT IN (SELECT person FROM able WHERE number = 0))) AS places
    FROM stage)
  SELECT coalesce(sum(places), 0) <= (SELECT count(*) FROM able WHERE number = 0) FROM missing
$function$;
