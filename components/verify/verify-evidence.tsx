"use client";

import { clsx } from "clsx";
import { FileCheck } from "lucide-react";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { Field } from "@/components/ui/field";
import { TextAreaInput } from "@/components/ui/text-area-input";
import type { CheckOutcome } from "./check-file";
import { VerdictCard } from "./verdict-card";
import { workerCheck } from "./worker-check";

/** Takes a file and says whether it verifies. All of it happens here: nothing is loaded or sent once the page is there. */
export function VerifyEvidence({ consoleKeys }: { consoleKeys: readonly string[] }) {
  const [keysText, setKeysText] = useState(consoleKeys.join("\n"));
  const [keptText, setKeptText] = useState("");
  const [isOver, setIsOver] = useState(false);
  const [checked, setChecked] = useState<{ fileName: string; check: CheckOutcome | null } | null>(null);

  const beside = useRef<ReturnType<typeof workerCheck>>(undefined);
  useEffect(() => {
    beside.current = workerCheck(() => new Worker(new URL("./check-worker.ts", import.meta.url), { type: "module" }));
    return () => beside.current?.close();
  }, []);

  const check = async (file: File | undefined) => {
    if (!file || !beside.current) return;
    setChecked({ fileName: file.name, check: null });
    setChecked({ fileName: file.name, check: await beside.current.check(file, keysText, keptText) });
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void check(event.dataTransfer.files[0]);
  };

  return (
    <div className="mt-6 grid gap-6">
      <label
        className={clsx(
          "flex cursor-pointer flex-col items-center gap-2 rounded-xl border border-dashed px-6 py-10 text-center focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent",
          isOver ? "border-accent bg-pressed" : "border-line-strong bg-surface",
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={drop}
      >
        <FileCheck className="size-8 text-muted" strokeWidth={1.5} aria-hidden="true" />
        <span className="text-lg font-medium">Drop a receipt here, or choose a file</span>
        <span className="text-md text-muted">A downloaded receipt (.json), or the archive of a log (.tar)</span>
        <input
          className="sr-only"
          type="file"
          accept=".json,.tar"
          onChange={(event) => {
            void check(event.target.files?.[0]);
            // The same file may be chosen again, after the keys were changed.
            event.target.value = "";
          }}
        />
      </label>
      {checked === null ? null : checked.check === null ? (
        <p className="text-md text-muted" role="status">
          Verifying {checked.fileName} …
        </p>
      ) : (
        <VerdictCard fileName={checked.fileName} check={checked.check} />
      )}
      <Field
        label="Keys you trust"
        hint="One per line. These are the keys this console claims as its own. If you have them from someone you trust, compare or replace them."
      >
        <TextAreaInput
          isMono
          rows={Math.max(3, consoleKeys.length)}
          spellCheck={false}
          value={keysText}
          onChange={(event) => setKeysText(event.target.value)}
        />
      </Field>
      <Field
        label="Checkpoints you kept"
        isOptional
        hint="One or several, for the archive of a log. It must still begin with what each of them signed, so you notice a log that was rolled back or rewritten."
      >
        <TextAreaInput isMono rows={5} spellCheck={false} value={keptText} onChange={(event) => setKeptText(event.target.value)} />
      </Field>
    </div>
  );
}
