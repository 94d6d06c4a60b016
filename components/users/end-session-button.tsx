"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { revokeMySession } from "@/lib/users/server-actions";

export function EndSessionButton({ sessionId, device }: { sessionId: string; device: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);

  const end = async () => {
    setIsBusy(true);
    const outcome = await revokeMySession({ sessionId }).catch(() => null);
    setIsBusy(false);
    if (outcome === null)
      return toast.show({ tone: "stop", title: "The session still stands", children: "The console could not be reached." });
    // One that had ended already is gone from the list, too.
    toast.show(
      outcome.ok
        ? { tone: "ok", title: "Session ended", children: `${device} is signed out with its next request.` }
        : { tone: "no", title: outcome.detail },
    );
    router.refresh();
  };

  return (
    <Button size="sm" isBusy={isBusy} busyLabel="Ending" aria-label={`End the session of ${device}`} onClick={() => void end()}>
      End
    </Button>
  );
}
