import type { ReactNode } from "react";
import type { OpenWaitingRun } from "@/lib/approvals/waiting-run";
import type { GrantOffer } from "@/lib/grants/offer-grant";
import type { Confirmation } from "./confirm-critical";

/** The run whose card is shown, and what its decisions require. */
export interface ShownCard {
  readonly runId: string;
  readonly title: string;
  /** Of what the card shows, to which an approval is bound; null: it isn't pending. */
  readonly payloadHash: string | null;
  readonly isWaiting: boolean;
  /** Why the reader can't decide it now, though it is pending. */
  readonly closed: OpenWaitingRun["closed"];
  /** null: the reader is no member of its workspace, and can't open its pages. */
  readonly workspacePath: string | null;
  /** What is frozen and why, so that it can't be approved now. */
  readonly frozen: { readonly what: string; readonly reason: string } | null;
  readonly mayApprove: boolean;
  /** Whether anyone could approve it. */
  readonly isApprovable: boolean;
  readonly requiresRejectComment: boolean;
  /** The other pending requests for the same thing. */
  readonly identicalIds: readonly string[];
  /** What an approval asks for confirmation; null: no second step. */
  readonly confirmation: Confirmation | null;
  /** That the same can be approved in advance, and what its dialog shows; null: it can't. */
  readonly grant: {
    readonly offer: GrantOffer;
    readonly facts: ReactNode;
    readonly checkedLabel: string;
    readonly answersAs: ReactNode;
  } | null;
}
