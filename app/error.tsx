"use client";

import { FailureMessage } from "@/components/site/failure-message";
import { NarrowFrame } from "@/components/site/narrow-frame";

export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <NarrowFrame>
      <FailureMessage reference={error.digest} onRetry={retry} />
    </NarrowFrame>
  );
}
