/** An action with four eyes whose runs nobody could approve, were they proposed with a key that `maker` made. */
export interface UnapprovableAction {
  readonly name: string;
  readonly maker: string;
}

/** For one action: what is wrong, and what to do. */
export function unapprovableMessage({ name, maker }: UnapprovableAction): string {
  return `Nobody could approve a run of ${name} proposed with a key created by ${maker}. The action prevents self-approval, and nobody else can decide here. Add another approver, or have someone else create the key.`;
}
