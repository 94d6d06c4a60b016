/** What a grant does, before it is given. */
export function GrantNote({ needsConfirmation }: { needsConfirmation: boolean }) {
  return (
    <p className="text-sm text-muted">
      Later runs like this are allowed without asking anyone, until one of the limits is reached. Members can revoke the grant at any time.
      {needsConfirmation ? " The action is critical, so another approver has to confirm it on the Grants page first." : ""}
    </p>
  );
}
