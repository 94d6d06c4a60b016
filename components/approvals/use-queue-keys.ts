"use client";

import { useEffect, useEffectEvent } from "react";
import { queueCommand, type QueueCommand } from "@/components/approvals/queue-keys";

const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])";

/** What has the keys while it is open; what is just fading away has not. */
const OPEN_OVER = ":is([role=dialog], [role=alertdialog], [role=menu])[data-state=open]";

export function useQueueKeys(onCommand: (command: QueueCommand) => void): void {
  const run = useEffectEvent(onCommand);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (event.repeat && !/^[jk]$/i.test(event.key))) return;
      const target = event.target instanceof Element ? event.target : null;
      const command = queueCommand({
        key: event.key,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
        altKey: event.altKey,
        isInField: target?.closest(FIELDS) != null,
        isElsewhere: document.querySelector(OPEN_OVER) !== null,
      });
      if (command === null) return;
      event.preventDefault();
      run(command);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
