import { HelpCircle } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import type { ProposedPolicy } from "@/lib/domain/policy/propose-policy";

const lateQuestions = lateModule(() => import("./policy-questions").then((loaded) => loaded.PolicyQuestions));

/** The button whose questions lead to a policy. */
export function SuggestPolicyDialog({ startAmount, onUse }: { startAmount: string; onUse: (proposed: ProposedPolicy) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const use = (proposed: ProposedPolicy) => {
    onUse(proposed);
    setIsOpen(false);
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      content={lateQuestions}
      trigger={
        <Button size="sm" icon={<HelpCircle />}>
          Suggest a policy…
        </Button>
      }
    >
      <Late of={lateQuestions} props={{ startAmount, onUse: use }} />
    </Dialog>
  );
}
