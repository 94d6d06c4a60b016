"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";

const SAID_FOR_MS = 2000;

/** Copies the code and says so. Without scripts it is not there. */
export function CopyCode({ text }: { text: string }) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const Icon = state === "copied" ? Check : Copy;
  const copy = () => navigator.clipboard.writeText(text).then(() => setState("copied"), () => setState("failed"));
  return (
    <button
      className="inline-flex h-7 flex-none cursor-pointer items-center gap-1.5 rounded-md px-2 font-medium text-muted transition-colors hover:bg-pressed hover:text-ink focus-visible:-outline-offset-2 noscript:hidden"
      type="button"
      onClick={copy}
    >
      <Icon className="size-3.5" strokeWidth={1.75} aria-hidden="true" />
      <span aria-live="polite">{{ idle: "Copy", copied: "Copied", failed: "Select it to copy" }[state]}</span>
    </button>
  );
}
