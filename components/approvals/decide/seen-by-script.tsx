"use client";

import { useEffect } from "react";
import { inConsole } from "@/lib/net/base-path";
import { decidePath } from "./decide-path";

/** Records that the page is visible to a person. Loading it isn't enough, because email scanners fetch every link. */
export function SeenByScript({ token }: { token: string }) {
  useEffect(() => {
    const tell = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", tell);
      // Failures are ignored: nothing waits for this, and the second step records it as well.
      fetch(inConsole(decidePath(token, "opened")), { method: "POST", keepalive: true }).catch(() => undefined);
    };
    document.addEventListener("visibilitychange", tell);
    tell();
    return () => document.removeEventListener("visibilitychange", tell);
  }, [token]);
  return null;
}
