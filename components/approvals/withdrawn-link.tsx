import { UserX } from "lucide-react";
import { Outcome } from "@/components/ui/outcome";

/** The link was taken back. Nothing is told of the run: its holder has no more to do with it. */
export function WithdrawnLink({ detail }: { detail: string }) {
  return (
    <Outcome tone="no" icon={UserX} title="You are not asked about this any more">
      <span className="wrap-anywhere">{detail}</span>
    </Outcome>
  );
}
