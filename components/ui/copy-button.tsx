"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "./button";

const SAID_FOR_MS = 2_000;

/** `label` says what is copied: "Copy the API key". With `words` the button shows them, otherwise an icon. */
export function CopyButton({
  text,
  label,
  words,
  size = "sm",
  variant = "ghost",
}: {
  text: string;
  label: string;
  words?: string;
  size?: "sm" | "md";
  variant?: "ghost" | "plain";
}) {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");

  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [state]);

  const copy = () => {
    copyText(text).then(
      () => setState("copied"),
      () => setState("failed"),
    );
  };
  const icon = state === "copied" ? <Check className="text-ok" /> : <Copy />;
  const said = state === "copied" ? "Copied" : state === "failed" ? "Couldn’t copy. Select it and copy it yourself." : "";
  return (
    <>
      {words === undefined ? (
        <IconButton label={label} size={size} variant={variant} onClick={copy}>
          {icon}
        </IconButton>
      ) : (
        <Button aria-label={label} size={size} variant={variant} icon={icon} onClick={copy}>
          {state === "copied" ? "Copied" : words}
        </Button>
      )}
      <span className={state === "failed" ? "text-xs text-stop" : "sr-only"} role="status">
        {said}
      </span>
    </>
  );
}

/** Browsers hide the clipboard from pages without TLS, where the old way still works. */
async function copyText(text: string): Promise<void> {
  if ("clipboard" in navigator) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "fixed top-0 opacity-0";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (!isCopied) throw new Error("The browser doesn't let this page copy.");
}
