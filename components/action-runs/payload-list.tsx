import { LongText } from "@/components/action-runs/long-text";
import { TextWarnings } from "@/components/action-runs/text-warnings";
import { VisibleText } from "@/components/action-runs/visible-text";
import { KeyValueList, KeyValueRow } from "@/components/ui/key-value";
import { inspectText } from "@/lib/domain/hidden-characters";
import type { PayloadRow } from "@/lib/domain/payload-rows";

/** The payload as data: nothing in it is markup, nothing in it is a link, nothing in it is invisible. */
export function PayloadList({ rows }: { rows: readonly PayloadRow[] }) {
  return (
    <KeyValueList>
      {rows.map(({ path, text }) => (
        <KeyValueRow
          isFlagged={isOdd(path) || (text !== null && isOdd(text))}
          key={path}
          name={
            <>
              <VisibleText text={path} />
              <TextWarnings text={path} />
            </>
          }
        >
          {text === null ? (
            <span className="font-sans text-muted">none</span>
          ) : (
            <>
              <LongText text={text} />
              <TextWarnings text={text} />
            </>
          )}
        </KeyValueRow>
      ))}
    </KeyValueList>
  );
}

function isOdd(text: string): boolean {
  return inspectText(text).warnings.length > 0;
}
