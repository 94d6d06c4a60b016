-- Whether the action prevents self-approval and this person created the key that proposed the run.
CREATE OR REPLACE FUNCTION daai_bars_maker(action uuid, api_key uuid, person text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM registered_actions a JOIN api_keys k ON k.workspace_id = a.workspace_id AND k.id = api_key
    WHERE a.id = action AND a.requires_four_eyes AND daai_person(k.created_by) = daai_person(person))
$function$;
