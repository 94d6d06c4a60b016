"use client";

import { useState } from "react";
import { PayloadList } from "@/components/action-runs/payload-list";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Segmented } from "@/components/ui/segmented";
import type { JsonObject } from "@/lib/domain/json-value";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";

const VIEWS = [
  { value: "readable", label: "Readable" },
  { value: "raw", label: "Raw" },
] as const;

/** The fields the policy did not use, as readable rows, or the whole payload as it was sent. */
export function PayloadCard({ rows, payload, byteCount }: { rows: readonly PayloadRow[]; payload: JsonObject; byteCount: number }) {
  const [view, setView] = useState<"readable" | "raw">("readable");
  const bytes = `${byteCount.toLocaleString("en-US")} ${byteCount === 1 ? "byte" : "bytes"}`;
  return (
    <section className="mt-5" aria-labelledby="payload-rest">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h3 className="text-sm" id="payload-rest">
          {view === "raw" ? "Full payload" : "Rest of the payload"}
        </h3>
        <span className="text-xs text-subtle">
          {view === "raw" ? bytes : `${rows.length} ${rows.length === 1 ? "field" : "fields"}, ${bytes} in total`}
        </span>
        <span className="ml-auto">
          <Segmented label="Payload view" options={VIEWS} value={view} onChange={setView} />
        </span>
      </div>
      <div className="overflow-hidden rounded-lg border border-line">
        {view === "raw" ? (
          <pre
            className="max-h-[480px] overflow-auto bg-inset px-4 py-3 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere"
            tabIndex={0}
            aria-label="Full payload"
          >
            <VisibleText text={JSON.stringify(payload, null, 2)} />
          </pre>
        ) : rows.length === 0 ? (
          <p className="px-4 py-3 text-muted">Nothing else was sent.</p>
        ) : (
          <PayloadList rows={rows} />
        )}
      </div>
    </section>
  );
}
