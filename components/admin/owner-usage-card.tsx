import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { UsageBar } from "@/components/ui/usage-bar";
import type { LimitName, Limits } from "@/lib/domain/access/limits";
import type { Usage } from "@/lib/limits/get-usage";

const LABELS: Record<LimitName, string> = {
  activeWorkspaces: "Active workspaces",
  activeActionsPerWorkspace: "Active actions",
  runsPerMonth: "Runs this month",
  emailsPerMonth: "Emails this month",
  interceptsPerMinute: "Intercepts this minute",
  interceptsPerDay: "Intercepts today",
};

/** What the account has used of its limits in the periods that run now. */
export function OwnerUsageCard({ usage, limits }: { usage: readonly Usage[]; limits: Limits }) {
  return (
    <Card aria-labelledby="used">
      <CardHeader title="Current usage" id="used" />
      <CardBody className="grid gap-4 p-4">
        {usage.map(({ limit, subject, used }) => (
          <UsageBar
            key={`${limit} ${subject?.id ?? ""}`}
            label={subject === null ? LABELS[limit] : `${LABELS[limit]}, ${subject.name}`}
            used={used}
            limit={limits[limit]}
          />
        ))}
      </CardBody>
    </Card>
  );
}
