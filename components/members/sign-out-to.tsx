"use client";

import { type ReactNode, useState } from "react";
import { signOut } from "@/components/shell/sign-out";
import { Button } from "@/components/ui/button";

/** Signs out, then continues to a page as someone else. */
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
