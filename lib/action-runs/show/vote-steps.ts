import { isSamePerson } from "@/lib/domain/access/same-person";
import { stagesOf } from "@/lib/domain/runs/approvals";
import type { RunStory } from "./get-run-story";
import type { RunStep } from "./run-step";

export const CHANNEL_LABELS: Record<string, string> = {
  decision_link: "through the email link",
  console: "in the console",
  admin_cli: "from the command line",
  api: "through the API",
};

const VOTE_ENDINGS: Readonly<Record<string, string>> = {
  person: "revoked by the approver",
  left: "ended because they left the workspace",
  replaced: "ended because someone else was named in their place",
  disabled: "ended because their account was disabled",
  payload_changed: "ended because the request was changed",
  not_counted: "not counted, because they could no longer approve",
};

/** The approvals of a run that needs several, and the end of those that didn't last. */
export function voteSteps({ votes, approvalRequest }: RunStory): RunStep[] {
  const stages = (approvalRequest && stagesOf(approvalRequest)?.length) ?? 1;
  return votes.flatMap(({ voter, place, stage, channel, comment, createdAt, revokedAt, revokedReason }): RunStep[] => {
    const rest = [
      CHANNEL_LABELS[channel] ?? "",
      stages > 1 ? `stage ${stage} of ${stages}` : "",
      isSamePerson(place, voter) ? "" : `on behalf of ${place}`,
    ];
    const step = { kind: "decision", tone: "ok", title: `Approval given by ${voter}`, ...(comment && { quote: comment }) } as const;
    const given: RunStep = { ...step, at: createdAt, rest: rest.filter(Boolean).join(", ") };
    if (revokedAt === null) return [given];
    return [
      given,
      { at: revokedAt, kind: "decision", tone: "no", title: `Approval of ${voter} ended`, rest: VOTE_ENDINGS[revokedReason ?? ""] ?? "" },
    ];
  });
}
