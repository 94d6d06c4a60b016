"use client";

import { CirclePlus, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { RegisteredName } from "@/components/registered-actions/registered-name";
import { Button } from "@/components/ui/button";
import { failureMessage } from "@/components/ui/failure-messages";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import type { StarterPack } from "@/lib/registered-actions/get-starter-packs";
import { submitStarterPack } from "@/lib/registered-actions/server-actions";

/** The actions that a coding agent's tools are decided by, registered in one press. */
export function StarterPackList({
  workspaceId,
  pack: { agent, actions },
  mayManageActions,
}: {
  workspaceId: string;
  pack: StarterPack;
  mayManageActions: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const add = async () => {
    setIsBusy(true);
    setProblem(null);
    const outcome = await submitStarterPack(workspaceId, { agent }).catch((error: unknown) => ({
      ok: false as const,
      detail: failureMessage(error),
    }));
    setIsBusy(false);
    if (!outcome.ok) return setProblem(outcome.detail);
    toast.show({ tone: "ok", title: "Actions added" });
    router.refresh();
  };
  const isDone = actions.every(({ isRegistered }) => isRegistered);
  return (
    <>
      <ul className="grid gap-2">
        {actions.map(({ name, description, isRegistered }) => (
          <li className="grid gap-0.5" key={name}>
            <span className="flex items-center gap-1.5">
              <RegisteredName workspaceId={workspaceId} name={name} isRegistered={isRegistered} />
            </span>
            <span>{description}</span>
          </li>
        ))}
      </ul>
      {isDone ? null : mayManageActions ? (
        <div>
          <Button variant="primary" icon={<CirclePlus />} isBusy={isBusy} busyLabel="Adding" onClick={() => void add()}>
            Add actions
          </Button>
        </div>
      ) : (
        <p>A workspace developer can add them.</p>
      )}
      {problem === null ? null : (
        <Notice tone="stop" icon={TriangleAlert} role="alert">
          {problem}
        </Notice>
      )}
    </>
  );
}
