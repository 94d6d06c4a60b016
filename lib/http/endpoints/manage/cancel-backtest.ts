import { cancelBacktest } from "@/lib/backtests/cancel-backtest";
import { getBacktest } from "@/lib/backtests/get-backtest";
import { sdkRoute } from "@/lib/http/route";
import { backtestAnswer } from "./get-backtest";

/** Of a finished backtest, it changes nothing. */
export const cancelManagedBacktest = sdkRoute({
  method: "POST",
  path: "/api/v1/manage/backtests/:id/cancel",
  scope: "management",
  needs: "backtests:run",
  async handler({ ctx, params: { id } }) {
    await cancelBacktest(ctx, { backtestId: id });
    return backtestAnswer(await getBacktest(ctx, { backtestId: id }));
  },
});
