"use client";

import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CheckInput } from "@/components/ui/check-input";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { Notice } from "@/components/ui/notice";
import { SecretValue } from "@/components/ui/secret-value";
import { environmentSnippet } from "@/lib/words/shell-snippets";
import { rememberKeys } from "./known-keys";
import type { NewKeys } from "./new-keys";
import { ShellFigure } from "./shell-figure";

/** The only time that both keys are shown. Continuing takes a checkbox that they are stored. */
export function StoreKeys({ keys, baseUrl }: { keys: NewKeys; baseUrl: string }) {
  const router = useRouter();
  const [isStored, setIsStored] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  const environment = environmentSnippet({ baseUrl, ...keys });
  return (
    <Card aria-labelledby="keys-title">
      <LeaveGuard isOn={!isStored} title="Leave without your keys?" leaveLabel="Leave anyway">
        Both keys are shown only once. After you leave, you can’t view them again, only replace them in Settings.
      </LeaveGuard>
      <CardHeader title={`Keys for ${keys.name}`} id="keys-title" note="shown only once" />
      <CardBody className="grid gap-4 p-5 max-md:p-4">
        <Notice tone="wait" icon={KeyRound} title="Store both now.">
          The console stores only a fingerprint of each. If you lose a key, you can replace it in Settings, but you can’t view it again.
        </Notice>
        <LabeledKey label="API key" value={keys.apiKey} />
        <LabeledKey label="Workspace key" value={keys.workspaceKey} />
        <ShellFigure
          title="Or as environment variables for your agent"
          label="Environment"
          code={environment}
          copyLabel="Copy the environment variables with both keys"
          copyWords="Copy all"
        />
      </CardBody>
      <CardFooter>
        <CheckInput label="I’ve stored both keys" checked={isStored} onChange={(event) => setIsStored(event.target.checked)} />
        <span className="ml-auto max-md:ml-0">
          <Button
            variant="primary"
            disabled={!isStored}
            isBusy={isLeaving}
            busyLabel="Opening setup"
            onClick={() => {
              setIsLeaving(true);
              rememberKeys(keys);
              router.push(`/workspaces/${keys.workspaceId}/setup`);
            }}
          >
            Continue to setup
          </Button>
        </span>
      </CardFooter>
    </Card>
  );
}

function LabeledKey({ label, value }: { label: string; value: string }) {
  return (
    <div className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[104px_minmax(0,1fr)]">
      <span className="text-muted">{label}</span>
      <SecretValue value={value} label={`Copy the ${label}`} />
    </div>
  );
}
