import { Download } from "lucide-react";
import { Brand } from "@/components/site/brand";
import { ButtonLink } from "@/components/ui/button-link";
import { Instant } from "@/components/ui/instant";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import type { SharedReceipt as Shared } from "@/lib/receipts/sharing/get-shared-receipt";
import { CheckItYourself } from "./check-it-yourself";
import { PrintButton } from "./print-button";
import { ReceiptPaper } from "./receipt-paper";

/** A receipt for readers from outside: all that members see of it, without links into the console. */
export function SharedReceipt({
  shared: { document, check, sharedAt, expiresAt },
  downloadHref,
  fileName,
  consoleUrl,
}: {
  shared: Shared;
  downloadHref: string;
  fileName: string;
  consoleUrl: string;
}) {
  return (
    <div className="mx-auto max-w-[792px] px-4 pb-12 print:max-w-none print:p-0">
      <header className="flex h-16 items-center gap-2 max-sm:h-14 print:hidden">
        <Brand />
        <span className="ml-auto flex items-center gap-2">
          {/* A phone prints by its browser's menu, and has no room. */}
          <span className="max-sm:hidden">
            <PrintButton />
          </span>
          <ButtonLink href={downloadHref} download={fileName} icon={<Download />}>
            Download
          </ButtonLink>
          <ThemeToggle />
        </span>
      </header>
      <main id="main">
        <ReceiptPaper document={document} check={check} runHref={null} />
        <CheckItYourself fileName={fileName} consoleUrl={consoleUrl} />
      </main>
      <footer className="mt-8 border-t border-line pt-4 text-sm text-muted print:hidden">
        Shared on <Instant at={sharedAt} format="date" />
        {expiresAt === null ? (
          ""
        ) : (
          <>
            . The link works until <Instant at={expiresAt} />
          </>
        )}
        . Anyone with the link can read this page.
      </footer>
    </div>
  );
}
