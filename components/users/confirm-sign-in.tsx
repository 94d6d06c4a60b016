"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { RefusalNotice } from "@/components/ui/refusal-notice";
import { ScriptForm } from "@/components/ui/script-form";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { leaveTo, signIn } from "./sign-in";

/** The second step of a mailed link, which a mail scanner does not take: only the button uses the link up. */
export function ConfirmSignIn({ token, next }: { token: string; next: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const press = async () => {
    setIsBusy(true);
    setRefusal(null);
    const outcome = await signIn("link", { token });
    if (outcome.ok) return leaveTo(next);
    setIsBusy(false);
    setRefusal(outcome);
  };

  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void press();
      }}
    >
      {refusal === null ? null : <RefusalNotice detail={refusal.detail} />}
      <Button className="md:h-9" type="submit" variant="primary" isBusy={isBusy} busyLabel="Signing in">
        Sign in
      </Button>
    </ScriptForm>
  );
}
