/** Prefixes that stay easy to guess whatever follows: common words and sequences. */
const STEMS = [
  "password",
  "passwort",
  "passw0rd",
  "p@ssword",
  "p@ssw0rd",
  "letmein",
  "welcome",
  "iloveyou",
  "administrator",
  "admin",
  "changeme",
  "abc123",
  "111111",
  "000000",
  "monkey",
  "dragon",
  "football",
  "baseball",
  "sunshine",
  "princess",
  "superman",
  "batman",
  "master",
  "shadow",
  "trustno1",
  "starwars",
  "daaiconsole",
];

/** Keys in the order in which fingers walk over them, on the usual keyboards, and the order of letters. */
const ROWS = [
  ...["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiopü", "asdfghjklöä", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn"],
  ...["!@#$%^&*()", '!"§$%&/()=', "abcdefghijklmnopqrstuvwxyz"],
  ...["1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "1qay", "1yxc"],
];
const WALKS = ROWS.flatMap((row) => [row, [...row].reverse().join("")]);
const MIN_WALK = 4;
/** So few letters beside a stem or a walk make no password of it. */
const FEW_LETTERS = 2;
/** So much must be there beside one's own address. */
const ENOUGH_BESIDE = 8;

/**
 * Whether a password of twelve and more characters is still one that is tried first: made of common stems and walks over the
 * keyboard, with digits, marks and hardly a letter beside them, or of very few different characters.
 */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase();
  if (new Set(plain).size < 5) return true;
  let found = 0;
  let letters = 0;
  for (let at = 0; at < plain.length; ) {
    const length = lengthOfStem(plain, at);
    if (length > 0) found += 1;
    else if (/\p{L}/u.test(plain.charAt(at))) letters += 1;
    at += Math.max(1, length);
  }
  return found > 0 && letters <= FEW_LETTERS;
}

/** Whether hardly anything of a password is left without its owner's address, or the part of it before the at sign. */
export function isAddressPassword(password: string, email: string): boolean {
  const address = email.toLowerCase();
  const [name = ""] = address.split("@");
  const plain = password.toLowerCase();
  return [address, name].some(
    (part) => part.length >= MIN_WALK && plain.includes(part) && plain.replaceAll(part, "").length < ENOUGH_BESIDE,
  );
}

/** Returns the length of the stem or sequence at that position; 0: none. */
function lengthOfStem(text: string, at: number): number {
  const stem = STEMS.find((one) => text.startsWith(one, at));
  let length = stem?.length ?? 0;
  for (let walked = Math.max(length + 1, MIN_WALK); at + walked <= text.length; walked++) {
    const part = text.slice(at, at + walked);
    if (!WALKS.some((walk) => walk.includes(part))) break;
    length = walked;
  }
  return length;
}
