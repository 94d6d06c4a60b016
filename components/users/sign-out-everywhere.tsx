"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { signMeOutEverywhere } from "@/lib/users/server-actions";
import { leaveTo } from "./sign-in";

export function SignOutEverywhere({ count }: { count: number }) {
  return (
    <ConfirmDialog
      title="Sign out everywhere?"
      confirmLabel="Sign out everywhere"
      busyLabel="Signing out"
      trigger={<Button size="sm">Sign out everywhere</Button>}
      onConfirm={async () => {
        const outcome = await signMeOutEverywhere({});
        return outcome.ok ? leaveTo("/sign-in") : outcome;
      }}
    >
      <p>
        {count === 1 ? "This session ends." : `All ${count} sessions end, including this one.`} To sign in again, use your password or a
        sign-in link.
      </p>
    </ConfirmDialog>
  );
}
