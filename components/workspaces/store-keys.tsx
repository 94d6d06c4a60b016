"use client";

import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CheckInput } from "@/components/ui/check-input";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { SecretValue } from "@/components/ui/secret-value";
import { environmentSnippet } from "@/lib/words/setup-snippets";
import type { NewKeys } from "./new-keys";

/** The one time that both keys can be read. Whoever goes on says that they are kept. */
export function StoreKeys({ keys, baseUrl }: { keys: NewKeys; baseUrl: string }) {
  const router = useRouter();
  const [isStored, setIsStored] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  useWarnBeforeLeaving(!isStored);
  const environment = environmentSnippet({ baseUrl, ...keys });
  return (
    <Card aria-labelledby="keys-title">
      <CardHeader title={`The keys of ${keys.name}`} id="keys-title" note="shown this one time" />
      <CardBody className="grid gap-4 p-5 max-md:p-4">
        <Notice tone="wait" icon={KeyRound} title="Store both now.">
          Only a fingerprint of each is kept here. A key that is lost can be replaced in the settings, not read again.
        </Notice>
        <LabelledKey label="API key" value={keys.apiKey} />
        <LabelledKey label="Workspace key" value={keys.workspaceKey} />
        <figure className="min-w-0 overflow-hidden rounded-lg border border-line bg-inset">
          <figcaption className="flex min-h-9 items-center gap-2 border-b border-line pr-1 pl-3.5 text-xs text-muted">
            <span className="min-w-0 truncate">Or as the environment of your agent</span>
            <span className="ml-auto">
              <CopyButton text={environment} label="Copy the environment with both keys" words="Copy all" />
            </span>
          </figcaption>
          <pre
            className="overflow-x-auto px-3.5 py-3 font-mono text-xs leading-5 focus-visible:-outline-offset-2"
            tabIndex={0}
            aria-label="Environment"
          >
            {environment}
          </pre>
        </figure>
      </CardBody>
      <CardFooter>
        <CheckInput label="I have stored both keys" checked={isStored} onChange={(event) => setIsStored(event.target.checked)} />
        <span className="ml-auto max-md:ml-0">
          <Button
            variant="primary"
            disabled={!isStored}
            isBusy={isLeaving}
            busyLabel="Opening setup"
            onClick={() => {
              setIsLeaving(true);
              router.push(`/workspaces/${keys.workspaceId}/setup`);
            }}
          >
            Go on to setup
          </Button>
        </span>
      </CardFooter>
    </Card>
  );
}

function LabelledKey({ label, value }: { label: string; value: string }) {
  return (
    <div className="grid items-center gap-x-4 gap-y-1 sm:grid-cols-[104px_minmax(0,1fr)]">
      <span className="text-muted">{label}</span>
      <SecretValue value={value} label={`Copy the ${label}`} />
    </div>
  );
}

function useWarnBeforeLeaving(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isOn]);
}
