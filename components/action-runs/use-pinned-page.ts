"use client";

import { useState } from "react";
import type { RunPage } from "@/lib/action-runs/list/search-runs";
import { type RunSearch, runSearchParams } from "@/lib/domain/runs/run-search";

/**
 * Keeps the rows in place while live updates re-render the page, until the reader asks for newer ones (`unpin`), searches for
 * something else, or there were none.
 */
export function usePinnedPage(search: RunSearch, page: RunPage): { page: RunPage; unpin: () => void } {
  const key = runSearchParams(search).toString();
  const [pinned, setPinned] = useState({ key, page, isUnpinned: false });
  const isToBeReplaced = pinned.page !== page && (pinned.isUnpinned || pinned.key !== key || pinned.page.rows.length === 0);
  if (isToBeReplaced) setPinned({ key, page, isUnpinned: false });
  return { page: isToBeReplaced ? page : pinned.page, unpin: () => setPinned((before) => ({ ...before, isUnpinned: true })) };
}
