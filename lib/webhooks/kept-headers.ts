/** Name and value. */
export type Header = readonly [string, string];

const MOST = 50;
const VALUE_MAX_LENGTH = 1024;

/** The headers of a response, as they were sent: names and values, limited in number and length. */
export function keptHeaders(rawHeaders: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < rawHeaders.length && headers.length < MOST; at += 2) {
    headers.push([cut(rawHeaders[at] ?? ""), cut(rawHeaders[at + 1] ?? "")]);
  }
  return headers;
}

/** A foreign server may send anything; PostgreSQL can't store NUL. */
function cut(text: string): string {
  const clean = text.replaceAll("\0", "\ufffd");
  return clean.length <= VALUE_MAX_LENGTH ? clean : `${clean.slice(0, VALUE_MAX_LENGTH)}…`;
}
