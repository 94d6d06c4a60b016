import { Snowflake } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Notice } from "@/components/ui/notice";

/** Shown in place of Approve while the run is frozen. */
export function FrozenNotice({ frozen: { what, reason }, size = "lg" }: { frozen: { what: string; reason: string }; size?: "md" | "lg" }) {
  return (
    <Notice size={size} tone="stop" icon={Snowflake} title={<VisibleText text={`${what} is frozen.`} />}>
      <VisibleText text={reason} /> Nothing can be approved until it’s thawed. The deadline stands still. You can still reject or block it.
    </Notice>
  );
}
