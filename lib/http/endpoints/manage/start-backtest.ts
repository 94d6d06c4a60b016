import { getBacktest } from "@/lib/backtests/get-backtest";
import { startBacktest } from "@/lib/backtests/start-backtest";
import { backtestRequestSchema } from "@/lib/contract/manage-actions";
import { refuseInvalid } from "@/lib/http/parse-body";
import { sdkRoute } from "@/lib/http/route";
import { readActionDocument } from "@/lib/registered-actions/action-document";
import { draftOf } from "@/lib/registered-actions/schema";
import { backtestAnswer } from "./get-backtest";

/** The worker compares, so the response is 202 until the same draft has a result. */
export const startManagedBacktest = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/actions/:name/backtests",
  scope: "management",
  needs: "backtests:run",
  body: { schema: backtestRequestSchema },
  async handler({ ctx, params: { name }, body: { days = 30, ...document } }) {
    const read = readActionDocument(name, document);
    if (!read.ok) return refuseInvalid(read.error);
    const started = await startBacktest(ctx, { name, days, draft: draftOf(read.settings) });
    if (!started.ok) return started;
    const outcome = backtestAnswer(await getBacktest(ctx, started));
    return outcome.ok ? { ...outcome, isWaiting: outcome.answer.result === null } : outcome;
  },
});
