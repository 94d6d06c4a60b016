"use client";

import { FailureMessage } from "@/components/site/failure-message";
import { NarrowFrame } from "@/components/site/narrow-frame";
import "./globals.css";

/** Stands in for the root layout when that itself fails, so it brings its own document. */
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
