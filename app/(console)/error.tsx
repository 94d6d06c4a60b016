"use client";

import { ErrorState } from "@/components/ui/error-state";
import { Page } from "@/components/ui/page";

export default function ConsoleErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <Page>
      <ErrorState what="This page" level={1} requestId={error.digest} onRetry={retry} />
    </Page>
  );
}
