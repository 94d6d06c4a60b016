"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { setServerClock } from "./server-clock";

const RenderedAt = createContext<number | null>(null);

/** Provides the time at which the server rendered the page. */
export function RenderedAtProvider({ at, children }: { at: number; children: ReactNode }) {
  useEffect(() => setServerClock(at), [at]);
  return <RenderedAt value={at}>{children}</RenderedAt>;
}

/**
 * The present of the first picture, the same on both sides: the reader's clock may be wrong, and midnight may have passed on the
 * way. Outside the provider it is this computer's.
 */
export function useRenderedAt(): Date {
  const [here] = useState(() => Date.now());
  return new Date(useContext(RenderedAt) ?? here);
}
