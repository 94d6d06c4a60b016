"use client";

import { createContext, type ReactNode, type SubmitEvent, useEffect, useState } from "react";
import { inConsole } from "@/lib/net/base-path";

/** The value of the pressed button while its request is running. */
export const BusyValue = createContext<string | null>(null);

/**
 * An ordinary form that works without a script. With one it is sent once, by `send`, and its button says so; false means that
 * the page stays and the form can be sent again.
 */
export function PostForm({ action, send, children }: { action: string; send: (form: FormData) => Promise<boolean>; children: ReactNode }) {
  const [busyValue, setBusyValue] = useState<string | null>(null);

  // A page that comes back from the browser's history must be usable again.
  useEffect(() => {
    const reset = () => setBusyValue(null);
    window.addEventListener("pageshow", reset);
    return () => window.removeEventListener("pageshow", reset);
  }, []);

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent;
    if (busyValue !== null || !(submitter instanceof HTMLButtonElement)) return;
    const form = new FormData(event.currentTarget);
    form.append(submitter.name, submitter.value);
    setBusyValue(submitter.value);
    if (!(await send(form))) setBusyValue(null);
  };

  return (
    <form className="grid gap-4" method="post" action={inConsole(action)} onSubmit={(event) => void submit(event)}>
      <BusyValue value={busyValue}>{children}</BusyValue>
    </form>
  );
}
