"use server";

import { memberServerAction, userServerAction } from "@/lib/auth/server-action";
import { askAgain } from "./ask-again";
import { decideWaitingRun, decideWaitingRuns } from "./decide-waiting-run";
import { askAgainSchema, waitingDecisionSchema, waitingDecisionsSchema } from "./schema";

export const submitDecision = userServerAction(waitingDecisionSchema, decideWaitingRun);

export const submitDecisions = userServerAction(waitingDecisionsSchema, decideWaitingRuns);

export const mailApproversAgain = memberServerAction(askAgainSchema, (ctx, input) => askAgain(ctx, input));
