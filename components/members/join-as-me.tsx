"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { failureMessage } from "@/components/ui/failure-messages";
import { RefusalNotice } from "@/components/ui/refusal-notice";
import { ScriptForm } from "@/components/ui/script-form";
import { leaveTo } from "@/components/users/sign-in";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { joinAsMe } from "@/lib/members/server-actions";

/** For the person who is signed in and was invited. */
export function JoinAsMe({ token, workspaceName }: { token: string; workspaceName: string }) {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const join = async () => {
    setIsBusy(true);
    setRefusal(null);
    const outcome = await joinAsMe({ token }).catch(
      (error: unknown): Refusal => ({ ok: false, code: "internal_error", detail: failureMessage(error) }),
    );
    if (outcome.ok) return leaveTo(`/workspaces/${outcome.workspaceId}`);
    setIsBusy(false);
    setRefusal(outcome);
  };

  return (
    <ScriptForm
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void join();
      }}
    >
      {refusal === null ? null : <RefusalNotice detail={refusal.detail} requestId={refusal.fields?.request_id} />}
      <Button className="md:h-9" type="submit" variant="primary" isBusy={isBusy} busyLabel="Joining">
        <span className="truncate">Join {workspaceName}</span>
      </Button>
    </ScriptForm>
  );
}
