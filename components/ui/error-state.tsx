"use client";

import { RotateCw, ServerOff } from "lucide-react";
import { Button } from "./button";
import { EmptyState } from "./empty-state";

/** What failed, that nothing was changed, the id that finds it in the log, and another try. */
export function ErrorState({
  what,
  level,
  requestId,
  onRetry,
}: {
  what: string;
  level?: 1 | 2 | 3;
  requestId?: string;
  onRetry?: () => void;
}) {
  return (
    <div role="alert">
      <EmptyState
        icon={ServerOff}
        title={`${what} couldn’t be loaded`}
        level={level}
        action={
          onRetry === undefined ? undefined : (
            <Button size="sm" icon={<RotateCw />} onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        Something failed in the console. Nothing was changed.
        {requestId === undefined ? null : (
          <>
            {" "}
            Reference <code className="font-mono text-xs">{requestId}</code>.
          </>
        )}
      </EmptyState>
    </div>
  );
}
