export interface FoldedText {
  /** The part shown before unfolding. */
  readonly head: string;
  /** How many characters are folded; 0 for none. */
  readonly hiddenCount: number;
}

const MAX_CHARACTERS = 280;
const MAX_LINES = 6;
/** Below this, folding would save less than it gets in the way. */
const WORTH_FOLDING = 60;

/** Cuts a long text to its beginning. Counts code points, so that none is split. */
export function foldText(text: string): FoldedText {
  const characters = [...text];
  const end = Math.min(MAX_CHARACTERS, endOfLine(characters, MAX_LINES));
  const hiddenCount = characters.length - end;
  if (end === MAX_CHARACTERS && hiddenCount < WORTH_FOLDING) return { head: text, hiddenCount: 0 };
  return { head: characters.slice(0, end).join(""), hiddenCount };
}

/** Returns the end of the given line, or of the text. */
function endOfLine(characters: readonly string[], line: number): number {
  let end = -1;
  for (let count = 0; count < line; count++) {
    end = characters.indexOf("\n", end + 1);
    if (end === -1) return characters.length;
  }
  return end;
}
