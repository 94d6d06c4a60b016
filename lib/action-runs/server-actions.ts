"use server";

import { settleRunSchema } from "@/lib/action-runs/execute/schema";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import { parseRunSearch, refreshRunsSchema } from "@/lib/action-runs/list/schema";
import { refreshRuns } from "@/lib/action-runs/list/search-runs";
import { requestTest } from "@/lib/action-runs/propose/request-test";
import { deleteView, renameView, saveView } from "@/lib/action-runs/views/saved-views";
import { deletedViewSchema, newViewSchema, renamedViewSchema } from "@/lib/action-runs/views/schema";
import { memberServerAction } from "@/lib/auth/server-action";
import { paramsOf } from "@/lib/domain/runs/run-search";
import { eraseRun } from "./erase-run";
import { eraseRunSchema, testRequestSchema } from "./schema";

/** Settles a run in doubt, in the console. */
export const settleRunInDoubt = memberServerAction(settleRunSchema, (ctx, { runId, settlement }) =>
  settleRun(ctx, { runId, settlement, settledBy: ctx.actor.email }),
);

/** Erases a run's personal data for an owner, in the console. */
export const eraseRunData = memberServerAction(eraseRunSchema, (ctx, { runId, reason }) =>
  eraseRun(ctx, { runId, reason, erasedBy: ctx.actor.email }),
);

/** Refreshes a list on screen: the current state of its runs, and how many newer ones there are. */
export const lookAtRunsAgain = memberServerAction(refreshRunsSchema, (ctx, { search, ids }) =>
  refreshRuns(ctx, parseRunSearch(paramsOf(new URLSearchParams(search))), ids),
);

export const saveRunsView = memberServerAction(newViewSchema, saveView);

export const renameRunsView = memberServerAction(renamedViewSchema, renameView);

export const deleteRunsView = memberServerAction(deletedViewSchema, deleteView);

/** Proposes an action from its page, to try its approval. Nothing of it runs. */
export const sendTestRequest = memberServerAction(testRequestSchema, requestTest);
