import { isAddressPassword, isCommonPassword } from "./common-passwords";

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 256;
/** From here on, length alone makes up for a small choice of characters. */
const LONG = 18;

export interface PasswordStrength {
  /** How many of three bars are filled. */
  readonly level: 0 | 1 | 2 | 3;
  /** What is so, and what would make it better. */
  readonly words: string;
}

/** A hint while typing, not a rule: the rules are in the schema, and the server checks them. */
export function passwordStrength(password: string, email = ""): PasswordStrength {
  if (password === "") return { level: 0, words: `At least ${PASSWORD_MIN_LENGTH} characters. Several unrelated words work well.` };
  const missing = PASSWORD_MIN_LENGTH - password.length;
  if (missing > 0) return { level: 0, words: `${missing} more ${missing === 1 ? "character" : "characters"}.` };
  if (isCommonPassword(password)) return { level: 0, words: "This is a commonly used password. Choose another." };
  if (isAddressPassword(password, email)) return { level: 0, words: "Based on your email address. Choose another." };
  if (holdsName(password, email)) return { level: 1, words: "Easy to guess: it contains your email address." };
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) => kind.test(password)).length;
  const distinct = new Set(password.toLowerCase()).size;
  if (distinct < 7) return { level: 1, words: "Easy to guess: it repeats itself." };
  if (password.length >= LONG || (kinds >= 3 && password.length >= PASSWORD_MIN_LENGTH + 2)) return { level: 3, words: "Strong." };
  return { level: 2, words: "Good. A longer one is stronger." };
}

function holdsName(password: string, email: string): boolean {
  const name = email.toLowerCase().split("@")[0] ?? "";
  return name.length >= 4 && password.toLowerCase().includes(name);
}
