/** Beginnings that stay easy to guess however they are lengthened: the usual words, rows of keys and counts. */
const STEMS = [
  "password",
  "passwort",
  "passw0rd",
  "p@ssword",
  "p@ssw0rd",
  "qwerty",
  "qwertz",
  "azerty",
  "asdfgh",
  "letmein",
  "welcome",
  "iloveyou",
  "admin",
  "administrator",
  "changeme",
  "abc123",
  "abcdef",
  "123456",
  "654321",
  "987654",
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

/**
 * Whether a password of twelve and more characters is still one that is tried first: a common stem with nothing but
 * digits, marks or its own repetition after it, or very few different characters.
 */
export function isCommonPassword(password: string): boolean {
  const plain = password.toLowerCase();
  if (new Set(plain).size < 5) return true;
  return STEMS.some((stem) => {
    let rest = plain;
    while (rest.startsWith(stem)) rest = rest.slice(stem.length);
    return rest !== plain && /^[\d\W_]*$/.test(rest);
  });
}
