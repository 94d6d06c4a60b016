"use client";

import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { signOut } from "@/components/shell/sign-out";

/** Signs out, then goes on as somebody else. */
export function SignOutTo({ href, children }: { href: string; children: ReactNode }) {
  const [isBusy, setIsBusy] = useState(false);
  const leave = () => {
    setIsBusy(true);
    signOut(href).catch(() => setIsBusy(false));
  };
  return (
    <Button isBusy={isBusy} busyLabel="Signing out" onClick={leave}>
      {children}
    </Button>
  );
}
