"use client";

import { CirclePlus, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { failureMessage } from "@/components/ui/failure-messages";
import { Notice } from "@/components/ui/notice";
import { SelectInput } from "@/components/ui/select-input";
import { Tag } from "@/components/ui/tag";
import { useToast } from "@/components/ui/toast";
import { TOOL_POLICIES, type ToolPolicy } from "@/lib/domain/runs/tool-policies";
import { submitToolActions } from "@/lib/registered-actions/server-actions";
import type { ListedToolAction } from "@/lib/registered-actions/tool-actions";
import { RegisteredName } from "./registered-name";

const LABELS: Readonly<Record<ToolPolicy, string>> = {
  always_require_approval: "Requires approval",
  always_allow: "Allowed",
  log_only: "Allowed, log only",
  always_block: "Blocked",
};

/** The actions that calls of an MCP server's tools are proposed as, registered with one press. */
export function ToolActionsCard({
  workspaceId,
  runId,
  actions,
  mayManageActions,
}: {
  workspaceId: string;
  runId: string;
  actions: readonly ListedToolAction[];
  mayManageActions: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [chosen, setChosen] = useState<Readonly<Record<string, ToolPolicy>>>({});
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const missing = actions.filter(({ isRegistered }) => !isRegistered);
  const register = async () => {
    setIsBusy(true);
    setProblem(null);
    const policies = Object.fromEntries(missing.map(({ name }) => [name, chosen[name] ?? "always_require_approval"]));
    const outcome = await submitToolActions(workspaceId, { runId, policies }).catch((error: unknown) => ({
      ok: false as const,
      detail: failureMessage(error),
    }));
    setIsBusy(false);
    if (!outcome.ok) return setProblem(outcome.detail);
    toast.show({ tone: "ok", title: outcome.added.length === 1 ? "Action registered" : `${outcome.added.length} actions registered` });
    router.refresh();
  };
  return (
    <Card aria-labelledby="tool-actions">
      <CardHeader
        title="Actions of these tools"
        id="tool-actions"
        note={`${actions.length - missing.length} of ${actions.length} registered`}
      />
      <ul className="divide-y divide-line">
        {actions.map(({ name, tools, saysReadOnly, isRegistered }) => (
          <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2" key={name}>
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
                <RegisteredName workspaceId={workspaceId} name={name} isRegistered={isRegistered} />
                {saysReadOnly ? <Tag>says it only reads</Tag> : null}
              </p>
              <p className="mt-0.5 text-xs text-muted wrap-anywhere">
                {tools.length === 1 ? "Tool " : "Tools "}
                <VisibleText text={tools.join(", ")} />
              </p>
            </div>
            {isRegistered || !mayManageActions ? null : (
              <SelectInput
                className="w-44 max-sm:w-full"
                aria-label={`Runs of ${name}`}
                value={chosen[name] ?? "always_require_approval"}
                onChange={(event) => setChosen({ ...chosen, [name]: event.target.value as ToolPolicy })}
              >
                {TOOL_POLICIES.map((policy) => (
                  <option key={policy} value={policy}>
                    {LABELS[policy]}
                  </option>
                ))}
              </SelectInput>
            )}
          </li>
        ))}
      </ul>
      {missing.length === 0 ? null : (
        <CardBody className="grid gap-3 border-t border-line p-4">
          <p className="text-muted">
            {mayManageActions
              ? "Until its action is registered, a call is blocked. You can give an action rules, approvers and a budget later."
              : "Until its action is registered, a call is blocked. A workspace developer can register it."}
          </p>
          {mayManageActions ? (
            <div>
              <Button variant="primary" icon={<CirclePlus />} isBusy={isBusy} busyLabel="Registering" onClick={() => void register()}>
                {missing.length === 1 ? "Register action" : `Register ${missing.length} actions`}
              </Button>
            </div>
          ) : null}
          {problem === null ? null : (
            <Notice tone="stop" icon={TriangleAlert} role="alert">
              {problem}
            </Notice>
          )}
        </CardBody>
      )}
    </Card>
  );
}
