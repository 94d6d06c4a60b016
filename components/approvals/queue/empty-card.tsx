import { Inbox, SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** Nothing is open: because nothing waits, or because what the address names is not there for this reader. */
export function EmptyCard({ isUnknownRun, backHref }: { isUnknownRun: boolean; backHref: string }) {
  return (
    <div className="grid h-full min-h-64 content-center">
      {isUnknownRun ? (
        <EmptyState
          icon={SearchX}
          title="There is no such run here"
          action={<ButtonLink href={backHref}>Show what waits for you</ButtonLink>}
        >
          It does not exist, or you are not among those who may decide it.
        </EmptyState>
      ) : (
        <EmptyState icon={Inbox} title="Nothing is open">
          What waits for you opens here: what the agent wants, why, with what data, and how much time is left.
        </EmptyState>
      )}
    </div>
  );
}
