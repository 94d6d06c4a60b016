import type { ReactNode } from "react";
import { Card, CardHeader } from "@/components/ui/card";

export interface AgentStep {
  readonly title: string;
  readonly body: ReactNode;
}

/** How one coding agent is put under the console, in the order of the steps. */
export function AgentSteps({ id, title, note, steps }: { id: string; title: string; note: string; steps: readonly AgentStep[] }) {
  return (
    <Card aria-labelledby={id}>
      <CardHeader title={title} id={id} note={note} />
      <ol>
        {steps.map((step, place) => (
          <li className="grid gap-2 border-t border-line px-4 py-3.5 text-muted first:border-t-0" key={step.title}>
            <h3 className="font-medium text-ink">
              {place + 1}. {step.title}
            </h3>
            {step.body}
          </li>
        ))}
      </ol>
    </Card>
  );
}
