"use client";

import type { ComponentProps } from "react";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import type { BacktestCard } from "./backtest-card";

const lateCard = lateModule(() => import("./backtest-card").then((loaded) => loaded.BacktestCard));

/** The card of a backtest, loaded after the page. */
export function LateBacktestCard(props: ComponentProps<typeof BacktestCard>) {
  return <Late of={lateCard} props={props} />;
}
