import { Inbox, SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** Nothing is open: because nothing waits, or because what the address names is not there for this reader. */
export function EmptyCard({ isUnknownRun, backHref }: { isUnknownRun: boolean; backHref: string }) {
  return (
    <div className="grid h-full min-h-64 content-center">
      {isUnknownRun ? (
        <EmptyState icon={SearchX} title="Run not found" action={<ButtonLink href={backHref}>Show pending requests</ButtonLink>}>
          It doesn’t exist, or you can’t decide it.
        </EmptyState>
      ) : (
        <EmptyState icon={Inbox} title="No request selected">
          Select a request to see what the agent wants, why, with what data, and how much time is left.
        </EmptyState>
      )}
    </div>
  );
}
