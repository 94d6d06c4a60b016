"use client";

import { useState, type ComponentType, type ReactNode } from "react";
import { Shield, ShieldCheck, ShieldX, type LucideProps } from "lucide-react";
import { checkReceipts, type CheckedText } from "@/components/receipts/check-receipts";
import { Button } from "@/components/ui/button";
import { Instant } from "@/components/ui/instant";

type Result = { at: string; isIntact: boolean | null };

/**
 * Says where the receipt was checked, and by whom. Nothing is called verified before this browser has done it; a text that does
 * not have its hash is said at once.
 */
export function CheckBand({ receipts }: { receipts: readonly (CheckedText & { isIntact: boolean })[] }) {
  const [result, setResult] = useState<Result | null>(null);
  const check = async () => setResult({ at: new Date().toISOString(), isIntact: await checkReceipts(receipts) });
  const texts = receipts.length === 1 ? "The text below has its hash" : `${receipts.length === 2 ? "Both" : "All"} texts below have their hashes`;

  if (result?.isIntact === false || receipts.some(({ isIntact }) => !isIntact)) {
    return (
      <Band tone="stop" icon={ShieldX} title="Altered">
        A stored text does not have the hash that was stored with it. Do not rely on this receipt, and tell whoever runs the console.
      </Band>
    );
  }
  if (result?.isIntact === true) {
    return (
      <Band tone="ok" icon={ShieldCheck} title="Checked in your browser" at={result.at}>
        {texts}: not one byte has changed. The downloaded file proves the place in the signed log too.
      </Band>
    );
  }
  return (
    <Band
      tone="no"
      icon={Shield}
      title="Not checked yet"
      action={<Button className="print:hidden noscript:hidden" onClick={() => void check()}>Check in this browser</Button>}
    >
      {result === null
        ? `${texts}, says the console. Your browser can work it out by itself.`
        : "This browser works out hashes only for pages with https. Download the file and check it as described below."}
    </Band>
  );
}

const BANDS = {
  ok: { box: "border-ok-line bg-ok-soft", mark: "text-ok" },
  no: { box: "border-line bg-inset", mark: "text-no" },
  stop: { box: "border-stop-line bg-stop-soft", mark: "text-stop" },
} as const;

function Band({ tone, icon: Icon, title, at, action, children }: {
  tone: keyof typeof BANDS;
  icon: ComponentType<LucideProps>;
  title: string;
  at?: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { box, mark } = BANDS[tone];
  return (
    <div className={`flex flex-wrap items-center gap-x-4 gap-y-3 border-y px-8 py-4 max-sm:px-5 print:bg-transparent print:px-0 print:py-1.5 ${box}`} role="status">
      <Icon className={`size-8 flex-none print:size-6 ${mark}`} strokeWidth={1.5} aria-hidden="true" />
      <div className="min-w-0 flex-1 basis-56 leading-5 print:leading-[12.5pt]">
        <p>
          <strong className={`font-semibold ${mark}`}>{title}</strong>
          {at === undefined ? null : <> at <Instant at={at} format="time" /></>}
        </p>
        <p className="text-muted">{children}</p>
      </div>
      {action}
    </div>
  );
}
