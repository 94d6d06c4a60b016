/** Enough for every statement of the application; lists of varying length must not fill the server's memory. */
const MOST_NAMES = 500;

const names = new Map<string, string>();

/** The prepared statement's name for a text: PostgreSQL then plans it once a connection. Empty: not prepared. */
export function statementName({ sql }: { sql: string }): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMES) return "";
  const name = `daai_${names.size}`;
  names.set(sql, name);
  return name;
}
