import type { ReactNode } from "react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Instant } from "@/components/ui/instant";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import type { ShownCard } from "./shown-card";

/** Explains why a decision was not recorded: who decided earlier, what and when, or another reason. */
export function refusalMessage({ code, detail, fields }: Refusal): ReactNode {
  const text = (name: string) => (typeof fields?.[name] === "string" ? fields[name] : null);
  const [who, at, status] = [text("decided_by_name") ?? text("decided_by"), text("decided_at"), text("decision")];
  if (code === "already_decided" && who !== null && at !== null) {
    return (
      <>
        Already {status} by <VisibleText text={who} /> at <Instant at={at} format="minute" />
      </>
    );
  }
  return detail;
}

/** Whether the run can still be decided after this refusal. */
export function isStillWaiting({ code }: Refusal): boolean {
  return !["already_decided", "already_approved", "not_asked", "link_expired", "run_not_found"].includes(code);
}

/** Explains why the reader can't approve the run. */
export function approvalBarrier({ frozen, isApprovable }: ShownCard): { title: string; children: string } {
  if (frozen) return { title: `${frozen.what} is frozen`, children: "Nothing can be approved until it’s thawed." };
  return {
    title: isApprovable ? "Someone else must approve this" : "This can’t be approved",
    children: "It was proposed with a key you created.",
  };
}
