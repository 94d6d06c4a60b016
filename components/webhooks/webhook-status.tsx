import { Ban, CircleCheck, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { ListedWebhook } from "@/lib/webhooks/list-webhooks";

export function WebhookStatus({ webhook }: { webhook: Pick<ListedWebhook, "disabledAt" | "failingSince"> }) {
  if (webhook.disabledAt !== null) return <Badge tone="no" icon={Ban} label="Disabled" quiet />;
  if (webhook.failingSince !== null) return <Badge tone="wait" icon={TriangleAlert} label="Failing" quiet />;
  return <Badge tone="ok" icon={CircleCheck} label="Enabled" quiet />;
}
