/** What a grant does, before it is given. */
export function GrantNote({ needsConfirmation }: { needsConfirmation: boolean }) {
  return (
    <p className="text-sm text-muted">
      Later runs like this are allowed without asking anyone, until one of the limits is reached. Owners, admins and approvers of the
      workspace can revoke the grant at any time, and so can you if you’re one of its members.
      {needsConfirmation ? " The action is critical, so another approver has to confirm it on the Grants page first." : ""}
    </p>
  );
}
