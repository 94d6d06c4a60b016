/** "1 key", "2 keys": of a noun whose plural only takes an s. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
