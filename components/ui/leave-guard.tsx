"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog";

/**
 * Asks before something on the page is lost: by a link of ours in a dialog, by reloading or closing in the browser's own words.
 * `children` say what would be lost.
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
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!isOn) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const href = leadsAway(event);
      if (href === null) return;
      // Before the link's own handler, which would leave at once.
      event.preventDefault();
      event.stopPropagation();
      setTarget(href);
    };
    window.addEventListener("beforeunload", warn);
    document.addEventListener("click", ask, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", warn);
      document.removeEventListener("click", ask, { capture: true });
    };
  }, [isOn]);

  return (
    <ConfirmDialog
      open={target !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) setTarget(null);
      }}
      title={title}
      confirmLabel={leaveLabel}
      busyLabel="Leaving"
      cancelLabel="Stay"
      onConfirm={() => {
        if (target !== null) router.push(target);
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
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return isHere ? null : link.href.slice(location.origin.length);
}
