/** Why something is too large, in bytes of its JSON text. */
export function tooLargeText(noun: string, bytes: number, maxBytes: number): string {
  return `The ${noun} is ${counted(bytes)} bytes of JSON; the limit is ${counted(maxBytes)}.`;
}

function counted(count: number): string {
  return count.toLocaleString("en-US");
}
