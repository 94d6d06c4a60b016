/** Stands for a character that is quoted or replaced, so that a brace in it means only itself. */
export const MARK = "\0";

const MAX_BRACES = 30;
const MAX_WORDS = 100;

/** The words that Bash makes of one with braces: `src/{a,b}` is two. Null: too many, or letters that are counted. */
export function expandBraces(text: string, shape: string): readonly string[] | null {
  if (shape.split("{").length > MAX_BRACES) return null;
  for (let open = shape.indexOf("{"); open !== -1; open = shape.indexOf("{", open + 1)) {
    const { close, commas } = closingBrace(shape, open);
    if (close === -1) continue;
    const range = /^([^{},]+?)\.\.([^{},]+?)(?:\.\.[^{},]+)?$/.exec(shape.slice(open + 1, close));
    if (range && !/^-?\d+$/.test(range[1] ?? "")) return null;
    if (commas.length === 0 && !range) continue;
    const parts: (readonly [string, string])[] = range
      ? [range[1] ?? "", range[2] ?? ""].map((number) => [number, number])
      : [open, ...commas].map((before, place) => {
          const to = commas[place] ?? close;
          return [text.slice(before + 1, to), shape.slice(before + 1, to)];
        });
    const words: string[] = [];
    for (const [part, partShape] of parts) {
      const more = expandBraces(
        text.slice(0, open) + part + text.slice(close + 1),
        shape.slice(0, open) + partShape + shape.slice(close + 1),
      );
      if (!more || words.length + more.length > MAX_WORDS) return null;
      words.push(...more);
    }
    return words;
  }
  return [text];
}

function closingBrace(shape: string, open: number): { close: number; commas: number[] } {
  const commas: number[] = [];
  let depth = 0;
  for (let at = open; at < shape.length; at++) {
    const char = shape.charAt(at);
    if (char === "{") depth++;
    else if (char === "," && depth === 1) commas.push(at);
    else if (char === "}" && --depth === 0) return { close: at, commas };
  }
  return { close: -1, commas };
}
