"use client";

import { useState } from "react";
import { type RunSearch, runSearchParams } from "@/lib/action-runs/list/schema";
import type { RunPage } from "@/lib/action-runs/list/search-runs";

/**
 * The page of runs as it was when it was asked for. What is around it reads everything anew when something changes, and the
 * rows somebody is reading must not move for that: they do when `letGo` was called, for another search, and when there were none.
 */
export function useHeldPage(search: RunSearch, page: RunPage): { page: RunPage; letGo: () => void } {
  const key = runSearchParams(search).toString();
  const [held, setHeld] = useState({ key, page, isLetGo: false });
  const isToBeReplaced = held.page !== page && (held.isLetGo || held.key !== key || held.page.rows.length === 0);
  if (isToBeReplaced) setHeld({ key, page, isLetGo: false });
  return { page: isToBeReplaced ? page : held.page, letGo: () => setHeld((before) => ({ ...before, isLetGo: true })) };
}
