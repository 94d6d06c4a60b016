import { Ban, TriangleAlert } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { Instant } from "@/components/ui/instant";
import type { ListedWebhook } from "@/lib/webhooks/list-webhooks";

const REASONS = {
  person: "Somebody disabled it.",
  failing: "It took nothing for three days, so the console stopped sending.",
  gone: "It answered 410 Gone, so the console stopped sending.",
} as const;

/** Why nothing arrives there. */
export function DisabledNotice({ webhook: { disabledAt, disabledReason, failingSince } }: { webhook: ListedWebhook }) {
  if (disabledAt !== null) {
    return (
      <Notice tone="wait" icon={Ban} title="Disabled.">
        {REASONS[disabledReason ?? "person"]} Since <Instant at={disabledAt} />. What happened meanwhile is not sent.
      </Notice>
    );
  }
  if (failingSince === null) return null;
  return (
    <Notice tone="wait" icon={TriangleAlert} title="It takes nothing.">
      Every attempt has failed since <Instant at={failingSince} />. After three days it is disabled.
    </Notice>
  );
}
