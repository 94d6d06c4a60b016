-- Names that people give stand in other people's mails and pages. Those of today with line breaks, bidi controls or other characters
-- that do not show get their codes in the place of these ("[U+202E]"), as everywhere else that such characters are shown, and no new
-- one gets in.

CREATE FUNCTION daai_shows_whole(name text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT name COLLATE "C" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890-\u0891\u08E2\u115F-\u1160\u17B4-\u17B5\u180B-\u180F\u200B-\u200C\u200E-\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uE000-\uF8FF\uFE00-\uFE0E\uFEFF\uFFA0\uFFF0-\uFFFB\U000110BD\U000110CD\U00013430-\U0001343F\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF\U000F0000-\U000FFFFD\U00100000-\U0010FFFD]'
$$;
COMMENT ON FUNCTION daai_shows_whole IS 'Whether a name is one line without characters that do not show, as the application says it. What joins the parts of an emoji may stand here wherever it is; the application lets it in only there.';

CREATE FUNCTION pg_temp.shown(name text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(
    CASE WHEN daai_shows_whole(c) THEN c WHEN c ~ '[\t\n\r]' THEN ' ' ELSE '[U+' || lpad(upper(to_hex(ascii(c))), 4, '0') || ']' END,
    '' ORDER BY place)
  FROM string_to_table(name, NULL) WITH ORDINALITY AS characters(c, place)
$$;

UPDATE users SET name = pg_temp.shown(name) WHERE NOT daai_shows_whole(name);
UPDATE workspaces SET name = pg_temp.shown(name), client_name = pg_temp.shown(client_name)
WHERE NOT (daai_shows_whole(name) AND daai_shows_whole(client_name));
UPDATE api_keys SET name = pg_temp.shown(name) WHERE NOT daai_shows_whole(name);
UPDATE registered_actions SET title = pg_temp.shown(title) WHERE NOT daai_shows_whole(title);

ALTER TABLE users ADD CONSTRAINT users_name_shows CHECK (daai_shows_whole(name));
ALTER TABLE workspaces ADD CONSTRAINT workspaces_names_show CHECK (daai_shows_whole(name) AND daai_shows_whole(client_name));
ALTER TABLE api_keys ADD CONSTRAINT api_keys_name_shows CHECK (daai_shows_whole(name));
ALTER TABLE registered_actions ADD CONSTRAINT registered_actions_title_shows CHECK (daai_shows_whole(title));
