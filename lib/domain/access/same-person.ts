/**
 * Whether two email addresses belong to one mailbox: case and anything after a plus sign are ignored. In SQL it is `daai_person(a) =
 * daai_person(b)`.
 */
export function isSamePerson(a: string, b: string): boolean {
  return personOf(a) === personOf(b);
}

/** ASCII letters alone are folded, so that a database's locale cannot fold more or less than this. */
export function personOf(email: string): string {
  return email.replace(/^([^+@]+)\+[^@]*@/, "$1@").replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
