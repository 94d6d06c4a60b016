/** An action with four eyes whose runs nobody could approve, were they proposed with a key that `maker` made. */
export interface UnapprovableAction {
  readonly name: string;
  readonly maker: string;
}

/** For one action: what is wrong, and what to do. */
export function unapprovableMessage({ name, maker }: UnapprovableAction): string {
  return `Nobody could approve a run of ${name} that is proposed with a key of ${maker}: the action asks for four eyes, and nobody else may decide here. Name another approver, or let somebody else make the key.`;
}
