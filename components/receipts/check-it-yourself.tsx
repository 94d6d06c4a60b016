import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";

/** Prints one line per receipt: True when the text matches its hash. */
const PROGRAM =
  "import hashlib, json, sys; [print(r['id'], hashlib.sha256(b'\\0' + r['body'].encode()).hexdigest() == r['leaf_hash']) for r in json.load(open(sys.argv[1]))['receipts']]";

/** How to verify the file without this page, and what that does not prove. */
export function CheckItYourself({ fileName, consoleUrl }: { fileName: string; consoleUrl: string }) {
  const command = `python3 -c "${PROGRAM}" ${fileName}`;
  return (
    <section className="mt-8 print:mt-3 print:break-inside-avoid" aria-labelledby="check-it-yourself">
      <h2 className="text-lg print:text-[10pt] print:leading-[13pt]" id="check-it-yourself">
        Verify it yourself
      </h2>
      <p className="mt-1 max-w-[64ch] text-md text-muted print:mt-0 print:max-w-none print:text-[8pt] print:leading-[10.5pt]">
        Download the receipt and drop it on{" "}
        <Link className="text-link hover:underline print:text-ink" href="/verify">
          {/* On paper, the address is all there is of a link. */}
          <span className="hidden print:inline">{consoleUrl}</span>/verify
        </Link>
        , or run <code>python -m daai verify</code> on it. Both verify its place in the signed log without contacting anyone. The leaf hash
        alone is SHA-256 of a zero byte and the exact text (RFC 6962). With Python, offline:
      </p>
      <div className="mt-2 flex items-start print:mt-1 gap-2 rounded-md border border-line bg-inset py-1 pr-1 pl-3 print:border-0 print:bg-transparent print:p-0">
        <code className="min-w-0 flex-1 py-1.5 font-mono text-xs wrap-anywhere print:py-0 print:text-[6pt] print:leading-[8pt]">
          {command}
        </code>
        <span className="print:hidden">
          <CopyButton text={command} label="Copy the command" />
        </span>
      </div>
      <p className="mt-4 max-w-[72ch] text-sm text-muted print:mt-1 print:max-w-none print:text-[8pt] print:leading-[10.5pt]">
        What none of this proves: that the app told the truth about the execution, or anything about the time before someone outside the
        console kept a checkpoint of the log.
      </p>
    </section>
  );
}
