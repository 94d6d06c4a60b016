const STEPS = [
  ["Create a workspace", "Its two keys are created with it and shown only once."],
  ["Register an action", "What the agent does, and the policy that decides: allow, block or ask a person."],
  ["Ask before you act", "A few lines of Python. Your code runs the action. The console decides whether it may."],
] as const;

/** The steps that follow the first button. */
export function FirstSteps() {
  return (
    <ol className="grid gap-4 border-t border-line p-5 sm:grid-cols-3">
      {STEPS.map(([title, text], place) => (
        <li className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2.5" key={title}>
          <span
            className="grid size-6 place-items-center rounded-full border border-line-strong text-xs font-medium text-muted tabular-nums"
            aria-hidden="true"
          >
            {place + 1}
          </span>
          <div>
            <h3 className="pt-0.5 text-sm">{title}</h3>
            <p className="mt-0.5 text-xs text-balance text-muted">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
