/** A text of the contract. Sets its `names` in code style. */
export function RichText({ text }: { text: string }) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}
