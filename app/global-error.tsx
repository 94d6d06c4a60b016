"use client";

import { FailureMessage } from "@/components/site/failure-message";
import { NarrowFrame } from "@/components/site/narrow-frame";
import "./globals.css";

/** Replaces the root layout when that fails, so it renders its own document. */
export default function GlobalErrorPage({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>DAAI Console</title>
        <NarrowFrame>
          <FailureMessage reference={error.digest} onRetry={retry} />
        </NarrowFrame>
      </body>
    </html>
  );
}
