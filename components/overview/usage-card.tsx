import { WhoRaises } from "@/components/limits/who-raises";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { UsageBar } from "@/components/ui/usage-bar";
import type { OwnerUsage } from "@/lib/limits/get-owner-usage";
import { limitNote, type ShownLimit } from "@/lib/words/limit-messages";

const LABELS: Partial<Record<ShownLimit, string>> = {
  runsPerMonth: "Action runs",
  emailsPerMonth: "Approval emails",
  activeActionsPerWorkspace: "Active actions",
};
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" });

/** Usage of the owner's limits, with an early warning. Months are counted in UTC. */
export function UsageCard({ usage: { ownerId, uses, resetsAt }, now, isOperator }: { usage: OwnerUsage; now: Date; isOperator: boolean }) {
  const isTight = uses.some(({ name, used, limit }) => name in LABELS && limitNote(name, { used, limit, resetsAt }) !== null);
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
        {isTight ? (
          <p className="text-xs text-muted">
            <WhoRaises ownerId={ownerId} isOperator={isOperator} />
          </p>
        ) : null}
      </CardBody>
    </Card>
  );
}
