import { counted } from "./counted";

/** What becomes of the approvals that somebody has given to runs which need others too, once they no longer decide. */
export function approvalsEndText(who: string, approvals: number): string {
  const [need, end] = approvals === 1 ? ["needs", "approval ends"] : ["need", "approvals end"];
  return `${who} approved ${counted(approvals, "pending run")} that still ${need} other people’s approval. Their ${end}, and someone else is asked to approve.`;
}
