export type QueueCommand = "next" | "previous" | "approve" | "reject" | "block" | "select" | "help" | "clear" | "leave-field";

/** What the keys do, in the words of the help. */
export const QUEUE_KEYS: readonly { readonly keys: readonly string[]; readonly what: string }[] = [
  { keys: ["J", "K"], what: "Next and previous run" },
  { keys: ["A", "Enter"], what: "Approve" },
  { keys: ["R", "Enter"], what: "Reject" },
  { keys: ["B", "Enter"], what: "Block" },
  { keys: ["X"], what: "Select, to answer several at once" },
  { keys: ["Esc"], what: "Leave the comment, clear the selection, or go back to the list" },
  { keys: ["?"], what: "Show these keys" },
];

const COMMANDS = new Map<string, QueueCommand>(
  Object.entries({
    j: "next",
    k: "previous",
    a: "approve",
    r: "reject",
    b: "block",
    x: "select",
    "?": "help",
    Escape: "clear",
  } as const),
);

export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** Something is being typed. */
  readonly isInField: boolean;
  /** A dialog or a menu is open and has the keys. */
  readonly isElsewhere: boolean;
}

/** null: the key is not the queue's. Combinations belong to the browser and the system. */
export function queueCommand({ key, ctrlKey, metaKey, altKey, isInField, isElsewhere }: PressedKey): QueueCommand | null {
  if (isElsewhere || ctrlKey || metaKey || altKey) return null;
  if (isInField) return key === "Escape" ? "leave-field" : null;
  return COMMANDS.get(key.length === 1 ? key.toLowerCase() : key) ?? null;
}
