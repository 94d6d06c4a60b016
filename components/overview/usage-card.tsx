import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { UsageBar } from "@/components/ui/usage-bar";
import type { OwnerUsage } from "@/lib/limits/get-owner-usage";
import { limitNote, type ShownLimit } from "@/lib/words/limit-words";

const LABELS: Partial<Record<ShownLimit, string>> = {
  runsPerMonth: "Action runs",
  emailsPerMonth: "Approval emails",
  activeActionsPerWorkspace: "Active actions",
};
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });

/** What is used of the owner's limits, with a warning before it hurts. Months are counted in UTC. */
export function UsageCard({ usage: { uses, resetsAt }, now }: { usage: OwnerUsage; now: Date }) {
  return (
    <Card aria-labelledby="usage">
      <CardHeader title={`Usage in ${MONTH.format(now)}`} id="usage" />
      <CardBody className="grid gap-4 p-4">
        {uses.map(({ name, used, limit }) => {
          const label = LABELS[name];
          return label === undefined ? null : (
            <UsageBar key={name} label={label} used={used} limit={limit} note={limitNote(name, { used, limit, resetsAt }) ?? undefined} />
          );
        })}
      </CardBody>
    </Card>
  );
}
