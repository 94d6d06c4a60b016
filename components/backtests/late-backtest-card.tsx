"use client";

import { type ComponentProps, useEffect, useState } from "react";
import type { BacktestCard } from "./backtest-card";

/** The card, loaded after the page: most who edit an action run no backtest. If it doesn't load, the form works without it. */
export function LateBacktestCard(props: ComponentProps<typeof BacktestCard>) {
  const [Card, setCard] = useState<typeof BacktestCard | null>(null);
  useEffect(() => {
    let isShown = true;
    import("./backtest-card").then(
      (loaded) => (isShown ? setCard(() => loaded.BacktestCard) : undefined),
      () => undefined,
    );
    return () => {
      isShown = false;
    };
  }, []);
  return Card && <Card {...props} />;
}
