"use client";

import { useEffect, useState, type ReactNode, type SubmitEvent } from "react";
import { WifiOff } from "lucide-react";
import { NOT_SENT } from "@/components/approvals/decision-words";
import { Notice } from "@/components/ui/notice";
import { BusyValue } from "@/components/ui/post-form";

/**
 * The form of the second step. It is an ordinary one that works without a script. With one, it is sent once, and when the
 * console does not confirm it, the page and the comment on it stay.
 */
export function DecideForm({ action, children }: { action: string; children: ReactNode }) {
  const [busyValue, setBusyValue] = useState<string | null>(null);
  const [isUnsent, setIsUnsent] = useState(false);

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
    setIsUnsent(false);
    const next = await send(action, form);
    if (next !== null) return location.assign(next);
    setBusyValue(null);
    setIsUnsent(true);
  };

  return (
    <form className="grid gap-4" method="post" action={action} onSubmit={(event) => void submit(event)}>
      <BusyValue value={busyValue}>{children}</BusyValue>
      {isUnsent ? (
        <Notice size="lg" tone="stop" icon={WifiOff} role="alert" title={NOT_SENT.title}>
          {NOT_SENT.detail}
        </Notice>
      ) : null}
    </form>
  );
}

/** The page that says what became of it; null when the console did not, so that it may or may not be recorded. */
async function send(action: string, form: FormData): Promise<string | null> {
  const body = new URLSearchParams([...form].map(([name, value]) => [name, typeof value === "string" ? value : ""]));
  const response = await fetch(action, { method: "POST", body }).catch(() => null);
  if (!response?.ok || !response.redirected) return null;
  return new URL(response.url).searchParams.get("refused") === "failure" ? null : response.url;
}
