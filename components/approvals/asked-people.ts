/** The others who were asked, seen by one of them. */
export function othersAsked(approverEmail: string, askedEmails: readonly string[]): string[] {
  return askedEmails.filter((email) => email !== approverEmail);
}

/** "Only you", "You and 1 other", "You and 3 others". */
export function askedText(otherCount: number): string {
  if (otherCount === 0) return "Only you";
  return `You and ${otherCount} ${otherCount === 1 ? "other" : "others"}`;
}
