"use client";

import { FailureMessage } from "./failure-message";
import { NarrowFrame } from "./narrow-frame";

/** In place of a page that failed. */
export function FailurePage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <NarrowFrame>
      <FailureMessage reference={error.digest} onRetry={retry} />
    </NarrowFrame>
  );
}
