import { HelpCircle } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useLate } from "@/components/ui/use-late";
import type { ProposedPolicy } from "@/lib/domain/policy/propose-policy";

const load = () => import("./policy-questions").then((loaded) => loaded.PolicyQuestions);

/** The button whose questions lead to a policy. The questions are loaded after the form. */
export function SuggestPolicyDialog({ startAmount, onUse }: { startAmount: string; onUse: (proposed: ProposedPolicy) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const use = (proposed: ProposedPolicy) => {
    onUse(proposed);
    setIsOpen(false);
  };
  const questions = useLate(load, { startAmount, onUse: use });
  if (questions === null) return null;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button size="sm" icon={<HelpCircle />}>
          Suggest a policy…
        </Button>
      }
    >
      {questions}
    </Dialog>
  );
}
