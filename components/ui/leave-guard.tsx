"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ownPathname } from "@/lib/net/base-path";
import { ConfirmDialog, preloadConfirmDialog } from "./confirm-dialog";
import { onLeaveRequest } from "./request-leave";

/**
 * Asks before something on the page is lost. In a dialog for links, the browser's Back and Forward, and what calls `requestLeave`, and
 * in the browser's own words for reloading and closing. `children` name what would be lost.
 */
export function LeaveGuard({
  isOn,
  title,
  leaveLabel,
  children,
}: {
  isOn: boolean;
  title: string;
  leaveLabel: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const [held, setHeld] = useState<(() => void) | null>(null);
  const isLeaving = useRef(false);

  useEffect(() => {
    if (!isOn) return;
    preloadConfirmDialog();
    const hold = (leave: () => void) => setHeld(() => leave);
    const warn = (event: BeforeUnloadEvent) => {
      if (!isLeaving.current) event.preventDefault();
    };
    const ask = (event: MouseEvent) => {
      const href = leadsAway(event);
      if (href === null) return;
      // Before the link's own handler, which would leave immediately.
      event.preventDefault();
      event.stopPropagation();
      hold(() => router.push(href));
    };
    const askBeforeStep = (event: NavigateEvent) => {
      // Browsers don't let a page block leaving forever: a second Back in a row can't be canceled.
      if (isLeaving.current || event.navigationType !== "traverse" || !event.cancelable || isHere(new URL(event.destination.url))) return;
      event.preventDefault();
      const { key } = event.destination;
      hold(() => void window.navigation.traverseTo(key).finished?.catch(() => undefined));
    };
    const stopListening = onLeaveRequest(hold);
    window.addEventListener("beforeunload", warn);
    document.addEventListener("click", ask, { capture: true });
    // Missing in older browsers: there, Back asks nothing.
    window.navigation?.addEventListener("navigate", askBeforeStep);
    return () => {
      stopListening();
      window.removeEventListener("beforeunload", warn);
      document.removeEventListener("click", ask, { capture: true });
      window.navigation?.removeEventListener("navigate", askBeforeStep);
    };
  }, [isOn, router]);

  return (
    <ConfirmDialog
      open={held !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) setHeld(null);
      }}
      title={title}
      confirmLabel={leaveLabel}
      busyLabel="Leaving"
      cancelLabel="Stay"
      onConfirm={() => {
        isLeaving.current = true;
        held?.();
        return Promise.resolve();
      }}
    >
      <p>{children}</p>
    </ConfirmDialog>
  );
}

/** Where a click leads, if it leads to another page in this tab. */
function leadsAway(event: MouseEvent): string | null {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  if ((link.target !== "" && link.target !== "_self") || link.hasAttribute("download") || link.origin !== location.origin) return null;
  return isHere(link) ? null : ownPathname(link.href.slice(location.origin.length));
}

function isHere({ pathname, search }: { pathname: string; search: string }): boolean {
  return pathname === location.pathname && search === location.search;
}
