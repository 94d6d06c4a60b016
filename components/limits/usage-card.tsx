import { TriangleAlert } from "lucide-react";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { UsageBar } from "@/components/ui/usage-bar";
import type { OwnerUsage } from "@/lib/limits/get-owner-usage";
import { LIMIT_TITLES, limitNote, resetLabel } from "@/lib/words/limit-messages";
import { WhoRaises } from "./who-raises";

/** A bar for each limit, with a warning before it hurts. */
export function UsageCard({ title = "Usage", usage, isOperator }: { title?: string; usage: OwnerUsage; isOperator: boolean }) {
  const isTight = usage.uses.some(({ name, used, limit }) => limitNote(name, { used, limit, resetsAt: usage.resetsAt }) !== null);
  return (
    <Card aria-label={title}>
      <CardHeader title={title} note={usage.plan === "unlimited" ? "plan unlimited" : `plan ${usage.plan}`} />
      <CardBody className="grid gap-4 p-4">
        {usage.uses.map(({ name, used, limit }) => {
          const note = limitNote(name, { used, limit, resetsAt: usage.resetsAt });
          return (
            <UsageBar
              key={name}
              label={LIMIT_TITLES[name]}
              used={used}
              limit={limit}
              note={
                note === null ? undefined : (
                  <span className="flex items-start gap-1">
                    <TriangleAlert className="mt-px size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
                    {note}
                  </span>
                )
              }
            />
          );
        })}
      </CardBody>
      <CardFooter>
        <span className="text-xs">
          The counts of runs and emails reset on {resetLabel(usage.resetsAt)}.{" "}
          {isTight ? <WhoRaises ownerId={usage.ownerId} isOperator={isOperator} /> : null}
        </span>
      </CardFooter>
    </Card>
  );
}
