/** Undefined, null and "" take a parameter away. */
export type AddressChanges = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** Where in the list one is; a different list begins at its beginning. */
const PLACE = ["before", "after"] as const;

/** The address of the same list with other filters or another order. */
export function listAddress(pathname: string, current: URLSearchParams, changes: AddressChanges): string {
  const params = new URLSearchParams(current);
  for (const name of PLACE) params.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    const text = typeof value === "string" || value == null ? value : value.join(",");
    if (text == null || text === "") params.delete(name);
    else params.set(name, text);
  }
  const query = params.toString();
  return query === "" ? pathname : `${pathname}?${query}`;
}

/** "-created" is descending. The first press sorts the way that is asked for more often: newest, largest. */
export function nextSort(sort: string | null, key: string): string {
  return sort === `-${key}` ? key : `-${key}`;
}

export function sortDirection(sort: string | null, key: string): "ascending" | "descending" | null {
  if (sort === key) return "ascending";
  return sort === `-${key}` ? "descending" : null;
}
