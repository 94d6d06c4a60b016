"use server";

import { memberServerAction } from "@/lib/auth/server-action";
import { cancelBacktest } from "./cancel-backtest";
import { getBacktest } from "./get-backtest";
import { backtestIdSchema, newBacktestSchema } from "./schema";
import { startBacktest } from "./start-backtest";

export const runNewBacktest = memberServerAction(newBacktestSchema, startBacktest);

export const lookAtBacktest = memberServerAction(backtestIdSchema, getBacktest);

export const cancelOneBacktest = memberServerAction(backtestIdSchema, cancelBacktest);
