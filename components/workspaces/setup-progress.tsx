import type { SetupStep } from "@/lib/words/setup-steps";

const FILLS = { done: "bg-ok-solid", now: "bg-live-solid", later: "bg-pressed" } as const;

/** "4 of 7 done", and the same as seven marks. */
export function SetupProgress({ steps }: { steps: readonly SetupStep[] }) {
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <div className="grid justify-items-end gap-2 max-md:justify-items-start">
      <span className="text-xs text-muted tabular-nums">
        {done} of {steps.length} done
      </span>
      <span className="grid w-42 grid-cols-7 gap-1" aria-hidden="true">
        {steps.map(({ name, state }) => (
          <span className={`h-1.5 rounded-full ${FILLS[state]}`} key={name} />
        ))}
      </span>
    </div>
  );
}
