/** A text of the contract, whose `names` stand in code. */
export function RichText({ text }: { text: string }) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part));
}
