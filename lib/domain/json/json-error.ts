export interface JsonError {
  /** Both count from 1; columns are characters. */
  readonly line: number;
  readonly column: number;
  /** What to do there, in one sentence. */
  readonly message: string;
}

type Expected = "value" | "value_or_end" | "name" | "name_or_end" | "colon" | "comma_or_end" | "nothing";

const SPACE = /[ \t\r\n]*/y;
const TOKEN =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])|(?:true|false|null)(?![0-9A-Za-z_])|[{}[\],:]/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const NUMBER_LIKE = /[-+.]?[0-9][0-9A-Za-z_.+-]*/y;

/**
 * Returns where a text stops being JSON and how to fix it, with the same message in every browser. null exactly when JSON.parse accepts it.
 * Uses an explicit stack, so that nesting of any depth is safe.
 */
export function findJsonError(text: string): JsonError | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  let commaAt = 0;
  for (;;) {
    at += matchAt(SPACE, text, at).length;
    if (at >= text.length) return expected === "nothing" ? null : place(text, at, endMessage(open, expected));
    if (expected === "nothing") return place(text, at, "Something follows the end. Remove it: a payload is one JSON object.");
    const token = matchAt(TOKEN, text, at);
    const isEnd = token === "}" || token === "]";
    if (isEnd && token === (open.at(-1) === "{" ? "}" : "]") && open.length > 0) {
      if (expected === "name" || (expected === "value" && commaAt > 0 && text[commaAt] === ",")) {
        return place(text, commaAt, `Remove this comma: nothing follows it before the ${token}.`);
      }
      if (expected === "value" || expected === "colon") return place(text, at, expected === "colon" ? COLON : "Write a value here.");
      open.pop();
      expected = open.length === 0 ? "nothing" : "comma_or_end";
    } else if (expected === "comma_or_end") {
      if (token !== ",") return place(text, at, separatorMessage(token, open.at(-1)));
      commaAt = at;
      expected = open.at(-1) === "{" ? "name" : "value";
    } else if (expected === "colon") {
      if (token !== ":") return place(text, at, COLON);
      commaAt = 0;
      expected = "value";
    } else if (expected === "name" || expected === "name_or_end") {
      if (!token.startsWith('"')) return place(text, at, nameMessage(text, at, token));
      expected = "colon";
    } else if (token === "{" || token === "[") {
      open.push(token);
      expected = token === "{" ? "name_or_end" : "value_or_end";
    } else if (token === "" || /^[}\],:]/.test(token)) {
      return place(text, at, valueMessage(text, at, token));
    } else {
      expected = open.length === 0 ? "nothing" : "comma_or_end";
    }
    at += token.length;
  }
}

const COLON = "Write a colon between a name and its value.";

function separatorMessage(token: string, open: "{" | "[" | undefined): string {
  if (token === "}" || token === "]") return `Close with ${open === "{" ? "}" : "]"} what was opened with ${open ?? "{"}.`;
  return open === "{"
    ? "Write a comma between two members, or } to close the object."
    : "Write a comma between two values, or ] to close the list.";
}

function nameMessage(text: string, at: number, token: string): string {
  if (text[at] === '"') return stringMessage(text, at);
  if (token === "]") return "Close with } what was opened with {.";
  if (text[at] === "'") return "Use double quotes around names and texts, not single ones.";
  return "Write a name in double quotes here.";
}

function valueMessage(text: string, at: number, token: string): string {
  const first = text[at] ?? "";
  if (first === '"') return stringMessage(text, at);
  if (first === "'" || first === "‘" || first === "“" || first === "”") return "Use straight double quotes around a text.";
  const word = matchAt(WORD, text, at);
  if (/^(true|false|null)$/i.test(word)) return `Write ${word.toLowerCase()} in lower case.`;
  if (word === "None") return "Write null instead of None.";
  if (/^(NaN|Infinity|undefined)$/.test(word)) return `JSON has no ${word}. Write null, or leave the member out.`;
  if (word !== "") return "Put a text in double quotes.";
  if (matchAt(NUMBER_LIKE, text, at) !== "")
    return "This isn't a JSON number. Write digits with a point, such as 1250.00, or put it in double quotes.";
  if (first === "/" || first === "#") return "JSON has no comments. Remove this one.";
  return token === "" ? "This character does not belong here." : "Write a value here.";
}

function stringMessage(text: string, at: number): string {
  const open = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
  const rest = text.slice(at + matchAt(open, text, at).length, at + matchAt(open, text, at).length + 1);
  if (rest === "\\") return "This text has a backslash that is followed by something JSON does not know. Write \\\\ for a backslash.";
  if (rest === "\n" || rest === "\r") return 'This text is not closed on its line. Add a ", or write a line break as \\n.';
  return rest === "" ? 'This text is not closed. Add a ".' : "This text contains a tab or control character. Write it as \\t or \\u….";
}

function endMessage(open: readonly string[], expected: Expected): string {
  const last = open.at(-1);
  if (last === undefined) return 'Write one JSON object, such as {"amount": 100}.';
  if (expected === "colon") return COLON;
  return `The text ends too early: a ${last === "{" ? "}" : "]"} is missing.`;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function place(text: string, at: number, message: string): JsonError {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: [...before.slice(lineStart)].length + 1, message };
}
