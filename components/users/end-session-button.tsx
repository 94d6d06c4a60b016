"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { failureMessage } from "@/components/ui/failure-messages";
import { useToast } from "@/components/ui/toast";
import { revokeMySession } from "@/lib/users/server-actions";

export function EndSessionButton({ sessionId, device }: { sessionId: string; device: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);

  const end = async () => {
    setIsBusy(true);
    const outcome = await revokeMySession({ sessionId }).catch((error: unknown) => failureMessage(error));
    setIsBusy(false);
    if (typeof outcome === "string") return toast.show({ tone: "stop", title: "The session may still be active", children: outcome });
    // One that had ended already is gone from the list, too.
    toast.show(
      outcome.ok ? { tone: "ok", title: "Session ended", children: `${device} is signed out.` } : { tone: "no", title: outcome.detail },
    );
    router.refresh();
  };

  return (
    <Button size="sm" isBusy={isBusy} busyLabel="Ending" aria-label={`End the session of ${device}`} onClick={() => void end()}>
      End
    </Button>
  );
}
