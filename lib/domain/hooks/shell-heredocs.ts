/** `<<EOF`, whose text begins on the next line. */
export interface Heredoc {
  readonly delimiter: string;
  /** The shell replaces nothing in its text. */
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
  /** Where the word after it ends. */
  readonly end: number;
}

const OPENING = /<<(-?)[ \t]*((?:'[^'\n]*'|"[^"\n$`\\]*"|\\[^\n]|[^\s'"\\;&|<>()$`])+)(?=[ \t\n;&|<>()]|$)/y;

export function isHeredoc(line: string, at: number): boolean {
  return line.startsWith("<<", at) && !line.startsWith("<<<", at);
}

/** Null: its delimiter can't be read. */
export function readHeredoc(line: string, at: number): Heredoc | null {
  OPENING.lastIndex = at;
  const found = OPENING.exec(line);
  if (!found) return null;
  const [, dash, word = ""] = found;
  const delimiter = word.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, "$1$2$3");
  return { delimiter, isQuoted: delimiter !== word, stripsTabs: dash === "-", end: OPENING.lastIndex };
}

/** Where the text that begins at `from` ends, and what follows its delimiter. Null: its delimiter never comes. */
export function heredocBody(line: string, from: number, heredoc: Heredoc): { end: number; next: number } | null {
  const { delimiter, isQuoted, stripsTabs } = heredoc;
  // A backslash at the end of a line joins it with the next, also before the delimiter is looked for.
  let joined = "";
  let start = from;
  for (let at = from; at <= line.length; ) {
    const newline = line.indexOf("\n", at);
    const end = newline === -1 ? line.length : newline;
    const text = line.slice(at, end);
    const whole = joined + text;
    if ((stripsTabs ? whole.replace(/^\t+/, "") : whole) === delimiter) return { end: start, next: end };
    if (newline === -1) return null;
    const isJoined = !isQuoted && (/\\+$/.exec(text)?.[0].length ?? 0) % 2 === 1;
    joined = isJoined ? whole.slice(0, -1) : "";
    at = newline + 1;
    if (!isJoined) start = at;
  }
  return null;
}
