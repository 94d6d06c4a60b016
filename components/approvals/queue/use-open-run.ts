"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { isReachable } from "@/components/live/is-reachable";
import { useToast } from "@/components/ui/toast";
import { inConsole } from "@/lib/net/base-path";

export const WIDE = "(min-width: 860px)";

/** Returns the run that is open or opening, and how to open another. The URL is the source; `openIdRef` is for code that runs later. */
export function useOpenRun({
  cardId,
  isRunInAddress,
  pathOf,
}: {
  cardId: string | null;
  isRunInAddress: boolean;
  pathOf: (runId: string | null) => string;
}) {
  const router = useRouter();
  const toast = useToast();
  const [isMoving, startMoving] = useTransition();
  const [wantedId, setWantedId] = useState<string | null>(null);
  const openId = isMoving && wantedId !== null ? wantedId : cardId;
  const openIdRef = useRef(openId);
  useEffect(() => {
    openIdRef.current = openId;
  }, [openId]);

  // Keeps the first card open when others are added above it.
  const keepFirstCard = useEffectEvent(() => {
    if (!isRunInAddress && cardId !== null && matchMedia(WIDE).matches) window.history.replaceState(null, "", inConsole(pathOf(cardId)));
  });
  useEffect(() => keepFirstCard(), [cardId]);

  // On phones, list and card each start at the top.
  useEffect(() => {
    if (!matchMedia(WIDE).matches) window.scrollTo(0, 0);
  }, [isRunInAddress]);

  /** If the console can't be reached, the page and its input stay as they are. */
  const open = async (runId: string | null, { isStep = false, onOpen }: { isStep?: boolean; onOpen: () => void }) => {
    if (!(await isReachable()))
      return toast.show({ tone: "stop", title: "The console couldn’t be reached.", children: "What you typed is still here. Try again." });
    onOpen();
    setWantedId(runId);
    startMoving(() =>
      isStep ? router.replace(pathOf(runId), { scroll: false }) : router.push(pathOf(runId), { scroll: !matchMedia(WIDE).matches }),
    );
    if (isStep && runId !== null) focusRow(runId);
  };

  return { isMoving, openId, openIdRef, open };
}

/** Moves the focus to the new card, for the keyboard and screen readers. */
function focusRow(runId: string): void {
  const row = document.querySelector<HTMLElement>(`[data-run="${CSS.escape(runId)}"]`);
  row?.focus({ preventScroll: true });
  row?.closest("li")?.scrollIntoView({ block: "nearest" });
}
