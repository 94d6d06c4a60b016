"use client";

import { FailurePage } from "@/components/site/failure-page";
import "./globals.css";

/** Replaces the root layout when that fails, so it renders its own document. */
export default function GlobalErrorPage(failure: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>DAAI Console</title>
        <FailurePage {...failure} />
      </body>
    </html>
  );
}
