"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { failureMessage } from "@/components/ui/failure-messages";
import { useToast } from "@/components/ui/toast";
import type { Plan } from "@/lib/domain/access/limits";
import { submitPlan } from "@/lib/limits/server-actions";

/** Raises an account's plan, or lowers it again: the one press that every message about a limit leads to. */
export function PlanButton({ userId, plan, hasOwnLimits }: { userId: string; plan: Plan; hasOwnLimits: boolean }) {
  const router = useRouter();
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);
  const isLimited = plan === "free";
  const change = async () => {
    setIsBusy(true);
    const outcome = await submitPlan({ userId, plan: isLimited ? "unlimited" : "free" }).catch((error: unknown) => ({
      ok: false as const,
      detail: failureMessage(error),
    }));
    setIsBusy(false);
    if (!outcome.ok) return toast.show({ tone: "stop", title: "Plan not changed", children: outcome.detail });
    toast.show({
      tone: "ok",
      title: isLimited ? "Plan changed to unlimited" : "Plan changed to free",
      children: hasOwnLimits ? "The account’s own limits, below, still apply." : "It applies from the next request.",
    });
    router.refresh();
  };
  return (
    <Button icon={isLimited ? <ArrowUp /> : <ArrowDown />} isBusy={isBusy} busyLabel="Changing plan" onClick={() => void change()}>
      {isLimited ? "Raise to unlimited" : "Lower to free"}
    </Button>
  );
}
