"use client";

import { createContext, useEffect, useState, type ReactNode } from "react";

/** The value of the button that was pressed, while its answer is on the way. */
export const BusyValue = createContext<string | null>(null);

/** An ordinary form that works without a script; with one, it is sent once and its button says so. */
export function PostForm({ action, children }: { action: string; children: ReactNode }) {
  const [busyValue, setBusyValue] = useState<string | null>(null);

  // A page that comes back from the browser's history must be usable again.
  useEffect(() => {
    const reset = () => setBusyValue(null);
    window.addEventListener("pageshow", reset);
    return () => window.removeEventListener("pageshow", reset);
  }, []);

  return (
    <form
      className="grid gap-4"
      method="post"
      action={action}
      onSubmit={(event) => {
        const { submitter } = event.nativeEvent;
        if (busyValue !== null) event.preventDefault();
        else setBusyValue(submitter instanceof HTMLButtonElement ? submitter.value : "");
      }}
    >
      <BusyValue value={busyValue}>{children}</BusyValue>
    </form>
  );
}
