"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { Notice } from "./notice";

/** What the server refused; the reader is taken there. */
export function RefusalNotice({ detail, requestId }: { detail: string; requestId?: unknown }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div className="rounded-md" ref={place} tabIndex={-1}>
      <Notice tone="stop" icon={CircleAlert} role="alert">
        {detail}
        {typeof requestId === "string" ? (
          <>
            {" "}
            Request <code className="font-mono text-xs">{requestId}</code>.
          </>
        ) : null}
      </Notice>
    </div>
  );
}
