"use client";

import { UserMinus } from "lucide-react";
import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import type { DroppedApprover } from "@/lib/registered-actions/get-dropped-approvers";
import { lookAtDroppedApprovers } from "@/lib/registered-actions/server-actions";
import { counted } from "@/lib/words/counted";
import { namesOf } from "@/lib/words/names-of";

/** Says, before an edit is saved, whose pending requests end with it and who is asked instead. */
export function DroppedApproversNotice({
  workspaceId,
  name,
  saved,
  approverEmails,
  escalationEmails,
}: {
  workspaceId: string;
  name: string;
  /** Everyone whom the saved action lists. */
  saved: readonly string[];
  approverEmails: readonly string[];
  escalationEmails: readonly string[];
}) {
  const [dropped, setDropped] = useState<readonly DroppedApprover[]>([]);
  const lists = JSON.stringify({ approverEmails, escalationEmails });
  const isAnyoneDropped = saved.some((email) => !approverEmails.includes(email) && !escalationEmails.includes(email));

  useEffect(() => {
    if (!isAnyoneDropped) return;
    let isCurrent = true;
    const asked = JSON.parse(lists) as { approverEmails: string[]; escalationEmails: string[] };
    void lookAtDroppedApprovers(workspaceId, { name, ...asked }).then((outcome) => {
      // An address that is still being typed isn't one yet.
      if (isCurrent && outcome.ok) setDropped(outcome.dropped);
    });
    return () => {
      isCurrent = false;
    };
  }, [workspaceId, name, lists, isAnyoneDropped]);

  if (!isAnyoneDropped || dropped.length === 0) return null;
  return (
    <Notice tone="wait" icon={UserMinus} title="Saving changes who decides pending requests.">
      {dropped.map(({ email, runs, askedInstead }) => (
        <span className="block wrap-anywhere" key={email}>
          {email} was asked to approve {counted(runs, "pending run")} of this action. Their links stop working, and{" "}
          {namesOf(askedInstead, "the workspace’s owners")} {askedInstead.length === 1 ? "is" : "are"} asked instead. To choose who decides,
          reassign the requests first.
        </span>
      ))}
    </Notice>
  );
}
