import { UserCheck, Users } from "lucide-react";
import { RevokeApprovalButton } from "@/components/approvals/revoke-approval-button";
import { Notice } from "@/components/ui/notice";

/** In place of the decisions, for someone who has approved a run that needs other approvals, or isn't asked now. */
export function AnsweredBar({ runId, canRevoke, detail }: { runId: string; canRevoke: boolean; detail: string }) {
  return (
    <section
      className="z-10 flex-none border-t border-line-strong bg-raised px-8 py-3 max-xl:px-5 max-md:sticky max-md:bottom-0 max-md:px-4 max-md:shadow-pop"
      aria-label="Your decision"
      data-foot-bar
    >
      <div className="mx-auto max-w-[800px]">
        {canRevoke ? (
          <Notice tone="ok" icon={UserCheck} title="You’ve approved this." action={<RevokeApprovalButton runId={runId} isPending />}>
            Nothing runs until the other approvals are given. Until then, you can revoke yours.
          </Notice>
        ) : (
          <Notice tone="no" icon={Users} title="You can’t decide this now.">
            {detail}
          </Notice>
        )}
      </div>
    </section>
  );
}
