import { ChartColumn } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";

/** Before the first run: what this page will show, and how to get there. */
export function NoRunsYet({ setupHref }: { setupHref: string }) {
  return (
    <Card>
      <EmptyState
        icon={ChartColumn}
        title="No runs yet"
        action={
          <ButtonLink href={setupHref} variant="primary">
            Open setup
          </ButtonLink>
        }
      >
        When an agent proposes its first action, this page shows how many runs were allowed, approved, rejected and blocked each day, and
        which are pending.
      </EmptyState>
    </Card>
  );
}
