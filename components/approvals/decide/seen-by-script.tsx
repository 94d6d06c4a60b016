"use client";

import { useEffect } from "react";
import { decidePath } from "./decide-path";

/** Says that the page is before somebody's eyes. That it was fetched says nothing: programs that check mails fetch every link. */
export function SeenByScript({ token }: { token: string }) {
  useEffect(() => {
    const tell = () => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", tell);
      // Nothing on the page waits for it, and the second step says it again.
      fetch(decidePath(token, "opened"), { method: "POST", keepalive: true }).catch(() => undefined);
    };
    document.addEventListener("visibilitychange", tell);
    tell();
    return () => document.removeEventListener("visibilitychange", tell);
  }, [token]);
  return null;
}
