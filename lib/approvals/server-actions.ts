"use server";

import { userServerAction } from "@/lib/auth/server-action";
import { decideWaitingRun, decideWaitingRuns } from "./decide-waiting-run";
import { waitingDecisionSchema, waitingDecisionsSchema } from "./schema";

export const submitDecision = userServerAction(waitingDecisionSchema, decideWaitingRun);

export const submitDecisions = userServerAction(waitingDecisionsSchema, decideWaitingRuns);
