"use client";

import { Shield, ShieldCheck, ShieldX } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { RefreshSoon } from "@/components/live/refresh-soon";
import { Button } from "@/components/ui/button";
import { Instant } from "@/components/ui/instant";
import type { CheckOutcome } from "@/components/verify/check-file";
import { checkInPage } from "@/components/verify/late-check";
import { ProvedLists } from "@/components/verify/proved-lists";
import type { Verdict } from "@/lib/domain/log/verdict";
import type { ReceiptCheck } from "@/lib/receipts/log/receipt-check";

/**
 * Shows whether the receipt verifies, and who verified it. Nothing is called verified before this browser has done it, from the
 * file that can be downloaded; a failure is shown immediately. `isAutomatic`: the reader need not know that they may ask.
 */
export function CheckBand({ check: { fileText, keys, verdict, isWaiting }, isAutomatic }: { check: ReceiptCheck; isAutomatic: boolean }) {
  const [isAsked, setIsAsked] = useState(isAutomatic);
  const [done, setDone] = useState<{ fileText: string; at: string; check: CheckOutcome } | null>(null);
  const keysText = keys.join("\n");
  useEffect(() => {
    if (!isAsked || isWaiting) return;
    void checkInPage(new Blob([fileText]), keysText).then((check) => setDone({ fileText, at: new Date().toISOString(), check }));
  }, [isAsked, isWaiting, fileText, keysText]);
  // The result for an earlier file doesn't apply to this one.
  const found = done?.fileText === fileText ? done : null;

  if (isWaiting) {
    return (
      <Band tone="no" title="Not in the log yet">
        The receipt is added to the signed log within a second. It can be verified then.
        <RefreshSoon />
      </Band>
    );
  }
  const own = found && "verdict" in found.check ? found.check.verdict : null;
  const failed = [own, verdict].find((one) => one !== null && one.problems.length > 0);
  if (failed) {
    return (
      <Band tone="stop" title="Altered or not in the log" verdict={failed}>
        Do not rely on this receipt. Contact the operator of the console.
      </Band>
    );
  }
  if (found && own) {
    return (
      <Band tone="ok" title="Verified in this browser" at={found.at} verdict={own}>
        Not one character has changed since it was recorded, and it is in the signed log.
      </Band>
    );
  }
  return (
    <Band
      tone="no"
      title="Not verified in this browser yet"
      verdict={verdict}
      action={
        isAsked ? null : (
          <Button className="print:hidden noscript:hidden" onClick={() => setIsAsked(true)}>
            Verify in this browser
          </Button>
        )
      }
    >
      The console found it unchanged and in the signed log.{" "}
      {found && "obstacle" in found.check ? found.check.obstacle : "Your browser can verify that independently."}
    </Band>
  );
}

const BANDS = {
  ok: { box: "border-ok-line bg-ok-soft", mark: "text-ok", icon: ShieldCheck },
  no: { box: "border-line bg-inset", mark: "text-no", icon: Shield },
  stop: { box: "border-stop-line bg-stop-soft", mark: "text-stop", icon: ShieldX },
} as const;

function Band({
  tone,
  title,
  at,
  verdict,
  action,
  children,
}: {
  tone: keyof typeof BANDS;
  title: string;
  at?: string;
  verdict?: Verdict;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { box, mark, icon: Icon } = BANDS[tone];
  return (
    <div className={`border-y px-8 py-4 max-sm:px-5 print:bg-transparent print:px-0 print:py-1 ${box}`}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3" role="status">
        <Icon className={`size-8 flex-none print:size-6 ${mark}`} strokeWidth={1.5} aria-hidden="true" />
        <div className="min-w-0 flex-1 basis-56 leading-5 print:leading-[12.5pt]">
          <p>
            <strong className={`font-semibold ${mark}`}>{title}</strong>
            {at === undefined ? null : (
              <>
                {" "}
                at <Instant at={at} format="time" />
              </>
            )}
          </p>
          <p className="text-muted">{children}</p>
        </div>
        {action}
      </div>
      {verdict === undefined ? null : (
        <details className="mt-2 ml-12 text-sm max-sm:ml-0 print:hidden" open={tone === "stop"}>
          <summary className="cursor-pointer rounded-sm font-medium">
            {tone === "stop" ? "What is wrong" : "What was proved, and what was not"}
          </summary>
          <ProvedLists verdict={verdict} />
        </details>
      )}
    </div>
  );
}
