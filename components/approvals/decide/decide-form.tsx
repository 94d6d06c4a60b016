"use client";

import { WifiOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { NOT_SENT } from "@/components/approvals/decision-labels";
import { Notice } from "@/components/ui/notice";
import { PostForm } from "@/components/ui/post-form";
import { inConsole } from "@/lib/net/base-path";

/** The form of the second step. If the console can't be reached, the page and its comment stay. */
export function DecideForm({ action, children }: { action: string; children: ReactNode }) {
  const [isUnsent, setIsUnsent] = useState(false);

  const decide = async (form: FormData) => {
    setIsUnsent(false);
    const next = await send(action, form);
    setIsUnsent(next === null);
    if (next !== null) location.assign(inConsole(next));
    return next !== null;
  };

  return (
    <PostForm action={action} send={decide}>
      {children}
      {isUnsent ? (
        <Notice size="lg" tone="stop" icon={WifiOff} role="alert" title={NOT_SENT.title}>
          {NOT_SENT.detail}
        </Notice>
      ) : null}
    </PostForm>
  );
}

/** Returns the result page's URL; null when the console did not confirm, so the decision may or may not be recorded. */
async function send(action: string, form: FormData): Promise<string | null> {
  const body = new URLSearchParams([...form].map(([name, value]) => [name, typeof value === "string" ? value : ""]));
  const response = await fetch(inConsole(action), { method: "POST", body }).catch(() => null);
  if (!response?.ok || !response.redirected) return null;
  return new URL(response.url).searchParams.get("refused") === "failure" ? null : response.url;
}
