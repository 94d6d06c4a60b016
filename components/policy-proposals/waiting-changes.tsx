import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { proposalPath } from "@/lib/domain/policy/proposal-path";
import type { WaitingProposal } from "@/lib/policy-proposals/list-waiting-proposals";
import { counted } from "@/lib/words/counted";
import { proposalTitle, proposerText } from "@/lib/words/proposal-messages";

/** Policy changes of others that the reader can confirm. */
export function WaitingChanges({ proposals, namesWorkspace = false }: { proposals: readonly WaitingProposal[]; namesWorkspace?: boolean }) {
  if (proposals.length === 0) return null;
  return (
    <Card aria-labelledby="changes-title">
      <CardHeader title="Policy changes to confirm" id="changes-title" note={counted(proposals.length, "change")} />
      <ul>
        {proposals.map((proposal) => (
          <li
            className="relative grid gap-0.5 border-t border-line px-4 py-2.5 transition-colors first:border-t-0 hover:bg-hover"
            key={proposal.id}
          >
            <Link
              className="min-w-0 font-medium wrap-anywhere after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
              href={proposalPath(proposal.workspaceId, proposal)}
            >
              {proposalTitle(proposal)}
            </Link>
            <span className="text-xs wrap-anywhere text-muted">
              {proposerText(proposal.proposedBy)}, <RelativeTime at={proposal.at} />
              {namesWorkspace ? `, ${proposal.workspaceName}` : ""}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
