import type { Decision } from "@/lib/domain/runs/statuses";

export type QueueCommand =
  | "next"
  | "previous"
  | Decision
  | "comment"
  | "search"
  | "select"
  | "select-all"
  /** Decides all selected runs. Each opens a summary first. */
  | `${Decision}-selected`
  | "help"
  | "clear"
  | "leave-field"
  /** Presses the decision whose letter was typed just before. */
  | "press"
  /** Sends that decision from the comment. */
  | "send"
  /** Does nothing and disarms, because it could be a letter of a text, or a key that is held down. */
  | "dead";

/** Descriptions of the keys for the help dialog. */
export const QUEUE_KEYS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ["J", "K"], what: "Next and previous run" },
  { keys: ["A", "Enter"], what: "Approve" },
  { keys: ["R", "Enter"], what: "Reject without a comment" },
  { keys: ["R", "Ctrl Enter"], what: "Reject with the comment you typed" },
  { keys: ["B", "Enter"], what: "Block" },
  { keys: ["C"], what: "Go to the comment" },
  { keys: ["/"], what: "Search the queue" },
  { keys: ["X"], what: "Select, to decide several together" },
  { keys: ["Shift X"], what: "Select all shown, or none" },
  { keys: ["Shift A"], what: "Review the selected runs, then approve them" },
  { keys: ["Shift R"], what: "Review the selected runs, then reject them" },
  { keys: ["Shift B"], what: "Review the selected runs, then block them" },
  { keys: ["Esc"], what: "Leave the comment, clear the selection, or go back to the list" },
  { keys: ["?"], what: "Show keyboard shortcuts" },
];

const COMMANDS = new Map<string, QueueCommand>(
  Object.entries({
    j: "next",
    k: "previous",
    a: "approve",
    r: "reject",
    b: "block",
    c: "comment",
    x: "select",
    "/": "search",
    "?": "help",
    Escape: "clear",
  } as const),
);

/** With Shift, a letter applies to several runs. */
const SHIFT_COMMANDS = new Map<string, QueueCommand>(
  Object.entries({ x: "select-all", a: "approve-selected", r: "reject-selected", b: "block-selected" } as const),
);

/** Keys that are often typed in quick succession while working through the list, and never decide anything. */
const MOVES: ReadonlySet<QueueCommand> = new Set(["next", "previous", "select", "select-all"]);

/** Keys that follow each other faster than this may be a text. */
export const TYPING_PAUSE_MS = 700;

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  /** The key is held down, or an input method is composing with it. */
  readonly isRepeat: boolean;
  readonly isComposing: boolean;
}

/** The keys typed within TYPING_PAUSE_MS before. */
export type Typed = "nothing" | "moves" | "words";

export interface KeyPlace {
  /** What has the focus: one of the three decisions, the comment, another field, or anything else. */
  readonly focus: "answer" | "comment" | "field" | "page";
  /** The decision whose letter was pressed; Enter confirms it. */
  readonly armed: Decision | null;
  readonly isCommentEmpty: boolean;
  readonly typed: Typed;
  /** A dialog or a menu is open and handles the keys. */
  readonly isElsewhere: boolean;
}

/**
 * Returns a key's effect; null: the queue ignores it. Text never decides anything, wherever it is typed: a decision takes its letter,
 * alone, and then Enter. Any other key in between disarms it. Combinations belong to the browser and the system.
 */
export function queueCommand(press: PressedKey, place: KeyPlace): QueueCommand | null {
  if (place.isElsewhere || press.isComposing) return null;
  const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey;
  if (place.focus === "comment") return commentCommand(press, place, isPlain);
  if (place.focus === "field") return press.key === "Escape" && isPlain ? "leave-field" : null;
  if (press.key === "Enter" || press.key === " ") return pressCommand(press, place, isPlain);
  if (!isPlain) return null;
  return letterCommand(press, place);
}

function commentCommand(press: PressedKey, { armed, isCommentEmpty }: KeyPlace, isPlain: boolean): QueueCommand | null {
  if (press.key === "Escape") return isPlain ? "leave-field" : null;
  // The repeated R of the key press that opened the comment.
  if (press.isRepeat) return isCommentEmpty ? "dead" : null;
  if (press.key !== "Enter" || press.altKey) return null;
  if (press.ctrlKey || press.metaKey) return "send";
  // In a text, Enter inserts a line break.
  return armed !== null && isCommentEmpty && !press.shiftKey ? "send" : null;
}

/** Enter, or the space bar, which never confirms what a letter has armed. */
function pressCommand(press: PressedKey, { focus, armed, typed }: KeyPlace, isPlain: boolean): QueueCommand | null {
  if (armed !== null) return press.key === "Enter" && isPlain && !press.isRepeat ? "press" : "dead";
  if (focus !== "answer") return null;
  // A button focused with Tab works as usual, except in the middle of typed text.
  return press.isRepeat || !isPlain || typed !== "nothing" ? "dead" : null;
}

function letterCommand({ key, isRepeat, shiftKey }: PressedKey, { armed, typed }: KeyPlace): QueueCommand | null {
  const isLetter = key.length === 1;
  if (isLetter && armed !== null) return "dead";
  const letter = isLetter ? key.toLowerCase() : key;
  const command = (shiftKey ? SHIFT_COMMANDS.get(letter) : undefined) ?? COMMANDS.get(letter) ?? null;
  if (command === null || !isLetter) return isRepeat ? null : command;
  if (command === "next" || command === "previous") return typed === "words" ? null : command;
  if (isRepeat) return null;
  // Opening a summary decides nothing yet.
  const isHarmless = MOVES.has(command) || command.endsWith("-selected");
  return typed === "nothing" || (typed === "moves" && isHarmless) ? command : null;
}

/** The context of the following keys; null: unchanged, because the key types nothing. Escape ends a text. */
export function typedBy(key: string, command: QueueCommand | null): Typed | null {
  if (key === "Escape") return "nothing";
  if (key.length !== 1 && key !== "Enter") return null;
  return command !== null && MOVES.has(command) ? "moves" : "words";
}
