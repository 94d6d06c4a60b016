/** The message of a list of addresses, or of its first address that is none, with that address. */
export function addressError(error: unknown, addresses: readonly string[]): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("message" in error && typeof error.message === "string") return error.message;
  const place = Object.keys(error).find((key) => /^\d+$/.test(key));
  return place === undefined ? undefined : `${addresses[Number(place)] ?? "This"} isn’t an email address. Remove it or correct it.`;
}
