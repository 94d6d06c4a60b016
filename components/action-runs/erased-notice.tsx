import { Eraser } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import { LongText } from "./long-text";
import { VisibleText } from "./visible-text";

/** Shows by whom, when and why the run's personal data was erased. */
export function ErasedNotice({ at, by, reason }: { at: Date | string; by: string; reason: string }) {
  return (
    <Notice
      tone="no"
      icon={Eraser}
      title={
        <>
          Erased on <Instant at={at} /> by <VisibleText text={by} />.
        </>
      }
    >
      The payload, the agent’s words and what the app reported are gone. The receipts stay and can still be verified. Reason:{" "}
      <LongText text={reason} />
    </Notice>
  );
}
