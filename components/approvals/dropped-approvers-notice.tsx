"use client";

import { UserMinus } from "lucide-react";
import { Fragment, useEffect, useEffectEvent, useState } from "react";
import { Notice } from "@/components/ui/notice";
import type { DroppedApprover } from "@/lib/approvers/dropped-approvers";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { approvalsEndText } from "@/lib/words/approvals-end-text";
import { counted } from "@/lib/words/counted";
import { namesOf } from "@/lib/words/names-of";

/** Says, before lists of approvers or a role are saved, whose pending requests end with it and who is asked instead. */
export function DroppedApproversNotice({
  saved,
  current,
  which = "",
  look,
}: {
  /** Everyone who decides by what is saved. */
  saved: readonly string[];
  /** Everyone who decides by what is in the form. */
  current: readonly string[];
  /** Which pending runs these are, where it isn't all of them: " of this action". */
  which?: string;
  /** Asks the console what saving the form would end. */
  look: () => Promise<{ ok: true; dropped: DroppedApprover[] } | Refusal>;
}) {
  const [dropped, setDropped] = useState<readonly DroppedApprover[]>([]);
  const isAnyoneDropped = saved.some((email) => !current.includes(email));
  const lists = JSON.stringify(current);
  const lookNow = useEffectEvent(look);

  useEffect(() => {
    if (!isAnyoneDropped) return;
    let isCurrent = true;
    void lists;
    void lookNow().then((outcome) => {
      // An address that is still being typed isn't one yet.
      if (isCurrent && outcome.ok) setDropped(outcome.dropped);
    });
    return () => {
      isCurrent = false;
    };
  }, [lists, isAnyoneDropped]);

  // Until the console has looked again, what it said before may be about someone who is listed again, or about what is saved by now.
  const shown = dropped.filter(({ email }) => saved.includes(email) && !current.includes(email));
  if (shown.length === 0) return null;
  return (
    <Notice tone="wait" icon={UserMinus} title="This changes who decides pending requests.">
      {shown.map(({ email, runs, approvals, askedInstead }) => (
        <Fragment key={email}>
          {runs > 0 && (
            <span className="block wrap-anywhere">
              {email} was asked to approve {counted(runs, "pending run")}
              {which}. Their links stop working, and {namesOf(askedInstead, "the workspace’s owners")}{" "}
              {askedInstead.length === 1 ? "is" : "are"} asked instead. To choose who decides, reassign the requests first.
            </span>
          )}
          {approvals > 0 && <span className="block wrap-anywhere">{approvalsEndText(email, approvals)}</span>}
        </Fragment>
      ))}
    </Notice>
  );
}
