/**
 * Whether two mail addresses lead to one person: their case and what follows a plus sign make no other mailbox. In SQL it is
 * `daai_person(a) = daai_person(b)`.
 */
export function isSamePerson(a: string, b: string): boolean {
  return personOf(a) === personOf(b);
}

/** ASCII letters alone are folded, so that a database's locale cannot fold more or less than this. */
export function personOf(email: string): string {
  return email.replace(/^([^+@]+)\+[^@]*@/, "$1@").replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
