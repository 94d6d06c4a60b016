"use client";

import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { failureMessage } from "@/components/ui/failure-messages";
import { useToast } from "@/components/ui/toast";
import { redeliver } from "@/lib/webhooks/server-actions";

export function RedeliverButton({ workspaceId, webhookId, deliveryId }: { workspaceId: string; webhookId: string; deliveryId: string }) {
  const router = useRouter();
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);
  const send = async () => {
    setIsBusy(true);
    try {
      const outcome = await redeliver(workspaceId, { id: webhookId, deliveryId });
      toast.show(
        outcome.ok
          ? { tone: "ok", title: "Delivery queued", children: "It has the same webhook-id." }
          : { tone: "stop", title: "Not queued", children: outcome.detail },
      );
      router.refresh();
    } catch (error) {
      toast.show({ tone: "stop", title: "Not confirmed", children: failureMessage(error, "It may or may not be sent again.") });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div>
      <Button size="sm" icon={<RotateCw />} isBusy={isBusy} busyLabel="Sending" onClick={() => void send()}>
        Redeliver
      </Button>
    </div>
  );
}
