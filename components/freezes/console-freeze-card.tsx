import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { ActiveFreeze } from "@/lib/freezes/list-freezes";
import { ActiveFreezeCard } from "./active-freeze-card";
import { FreezeButton } from "./freeze-button";
import { ThawButton } from "./thaw-button";

/** The operator's switch for every workspace. */
export function ConsoleFreezeCard({ freezes }: { freezes: readonly ActiveFreeze[] }) {
  if (freezes.length > 0) {
    return freezes.map((freeze) => (
      <ActiveFreezeCard
        freeze={freeze}
        key={freeze.id}
        action={
          <div>
            <ThawButton freeze={freeze} />
          </div>
        }
      />
    ));
  }
  return (
    <Card aria-labelledby="console-freeze">
      <CardHeader title="Freeze" id="console-freeze" />
      <CardBody className="grid gap-3 p-4">
        <p className="text-muted">Stops every workspace: nothing is allowed, approved or claimed until an operator thaws it.</p>
        <div>
          <FreezeButton target={{ scope: "console" }} />
        </div>
      </CardBody>
    </Card>
  );
}
