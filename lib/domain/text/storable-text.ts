/** What PostgreSQL can hold: no NUL, no half characters. */
export function isStorableText(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

/** Where in a value there is a text that PostgreSQL cannot hold, by the names that lead there. */
export function unstorablePaths(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value === "string") return isStorableText(value) ? [] : [path.join(".")];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => unstorablePaths(item, [...path, name]));
}
