/** An action with four eyes whose runs nobody could approve, were they proposed with a key that `maker` made. */
export interface UnapprovableAction {
  readonly name: string;
  readonly maker: string;
}

/** For one action: what is wrong, and what to do. */
export function unapprovableMessage({ name, maker }: UnapprovableAction): string {
  return `A run of ${name} proposed with a key created by ${maker} could never be approved. The action prevents self-approval, and not enough other people can approve it. Add another approver, or have someone else create the key.`;
}
