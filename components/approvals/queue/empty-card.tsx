import { Inbox, SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** Shown when no run is open: none is pending, or the URL names one this reader can't see. */
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
