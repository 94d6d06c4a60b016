"use server";

import { memberServerAction, userServerAction } from "@/lib/auth/server-action";
import { askAgain } from "./ask-again";
import { decideWaitingRun, decideWaitingRuns } from "./decide-waiting-run";
import { getMemberRequests, getReassignmentChoices } from "./get-reassignment-choices";
import { reassignAll, reassignRun } from "./reassign-run";
import { revokeOwnApproval } from "./revoke-own-approval";
import {
  askAgainSchema,
  grantedApprovalSchema,
  memberRequestsSchema,
  reassignAllSchema,
  reassignRunSchema,
  revokeApprovalSchema,
  runIdSchema,
  waitingDecisionSchema,
  waitingDecisionsSchema,
  withdrawRunSchema,
} from "./schema";
import { withdrawRun } from "./withdraw-run";

export const submitDecision = userServerAction(waitingDecisionSchema, decideWaitingRun);

/** Approves a run, and the same again within limits. */
export const submitGrantedApproval = userServerAction(grantedApprovalSchema, (user, input) =>
  decideWaitingRun(user, { ...input, decision: "approve" }),
);

export const submitDecisions = userServerAction(waitingDecisionsSchema, decideWaitingRuns);

export const mailApproversAgain = memberServerAction(askAgainSchema, (ctx, input) => askAgain(ctx, input));

/** Ends a person's own approval before anyone claims the run. */
export const revokeDecision = userServerAction(revokeApprovalSchema, revokeOwnApproval);

export const withdrawRequest = memberServerAction(withdrawRunSchema, (ctx, input) => withdrawRun(ctx, input));

export const lookAtReassignment = memberServerAction(runIdSchema, getReassignmentChoices);

export const reassignRequest = memberServerAction(reassignRunSchema, reassignRun);

export const lookAtMemberRequests = memberServerAction(memberRequestsSchema, getMemberRequests);

export const reassignRequests = memberServerAction(reassignAllSchema, reassignAll);
