/** What a freeze does, before somebody starts one. */
export function FreezeEffects() {
  return (
    <>
      <p>
        From now on, new proposals are blocked, nothing can be approved, and runs that nobody has claimed can’t be claimed. Deadlines stand
        still until it’s thawed.
      </p>
      <p>Work that a worker has already claimed can finish. An app that executes without claiming isn’t stopped.</p>
    </>
  );
}
