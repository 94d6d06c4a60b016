-- Who gives the approvals of a pending request's stage: those it was to ask (`asked`), as far as the action still lists them in
-- any stage; if too few of them are left, or if a group is asked, also the newcomers of the action's stage that has most of
-- them. `leaving` is somebody who is about to be listed no longer.
CREATE OR REPLACE FUNCTION daai_people_of_stage(asked jsonb, stage integer, own text[], later jsonb, leaving text DEFAULT NULL::text)
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
  WITH asked_stage AS (
    SELECT number::int, one.email, one.place FROM jsonb_array_elements(asked) WITH ORDINALITY AS s (value, number)
    CROSS JOIN LATERAL jsonb_array_elements_text(s.value -> 'people') WITH ORDINALITY AS one (email, place)),
  listed AS (
    SELECT 1 AS number, own_one.email, own_one.place FROM unnest(own) WITH ORDINALITY AS own_one (email, place)
    UNION ALL
    SELECT 1 + s.number::int, one.email, one.place FROM jsonb_array_elements(later) WITH ORDINALITY AS s (value, number)
    CROSS JOIN LATERAL jsonb_array_elements_text(s.value -> 'people') WITH ORDINALITY AS one (email, place)),
  listed_now AS (
    SELECT * FROM listed l WHERE leaving IS NULL OR daai_person(l.email) <> daai_person(leaving)),
  first_asked AS (
    SELECT a.email, a.place FROM asked_stage a
    WHERE a.number = stage AND EXISTS (SELECT FROM listed_now l WHERE daai_person(l.email) = daai_person(a.email))),
  -- The action's own stage that has most of them; else the one at their place.
  like_it AS (
    SELECT l.number FROM listed_now l LEFT JOIN first_asked f ON daai_person(f.email) = daai_person(l.email)
    GROUP BY l.number HAVING count(f.email) > 0 OR l.number = stage ORDER BY count(f.email) DESC, l.number <> stage, l.number LIMIT 1),
  newcomers AS (
    SELECT l.email, l.place FROM listed_now l JOIN like_it USING (number)
    WHERE ((SELECT count(*) FROM first_asked) < (asked -> (stage - 1) ->> 'approvals')::int
        -- Who is in a group counts when its stage is asked.
        OR asked -> (stage - 1) ? 'group' AND number > 1 AND later -> (number - 2) ? 'group')
      -- Everyone whom a stage of the request has is asked there, or was.
      AND NOT EXISTS (SELECT FROM asked_stage a WHERE daai_person(a.email) = daai_person(l.email)))
  SELECT ARRAY(
    SELECT email FROM (SELECT 1 AS part, * FROM first_asked UNION ALL SELECT 2, * FROM newcomers) people ORDER BY part, place)
$function$;
