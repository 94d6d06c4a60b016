"use client";

import type { ComponentProps } from "react";
import { useLate } from "@/components/ui/use-late";
import type { BacktestCard } from "./backtest-card";

const load = () => import("./backtest-card").then((loaded) => loaded.BacktestCard);

/** The card of a backtest, loaded after the page. */
export function LateBacktestCard(props: ComponentProps<typeof BacktestCard>) {
  return useLate(load, props);
}
