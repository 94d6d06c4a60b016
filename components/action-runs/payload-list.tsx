import { Scale } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { KeyValueList, KeyValueRow } from "@/components/ui/key-value";
import { Tag } from "@/components/ui/tag";
import type { PayloadRow } from "@/lib/domain/policy/payload-rows";
import { inspectText, visibleText } from "@/lib/domain/text/hidden-characters";
import { foldText } from "./fold-text";
import { LongText } from "./long-text";
import { TextWarnings } from "./text-warnings";
import { VisibleText } from "./visible-text";

/** The payload as data: nothing in it is markup, nothing in it is a link, nothing in it is invisible. */
export function PayloadList({
  rows,
  used = [],
}: {
  rows: readonly PayloadRow[];
  /** Paths that the policy looked at: their rows say so. */
  used?: readonly string[];
}) {
  return (
    <KeyValueList>
      {rows.map(({ path, text }) => (
        <KeyValueRow
          isFlagged={isSuspicious(path) || (text !== null && isSuspicious(text))}
          key={path}
          name={
            <>
              <VisibleText text={path} />
              <TextWarnings text={path} />
            </>
          }
        >
          {used.includes(path) ? <UsedByPolicy /> : null}
          {text !== null && isToBeTakenAlong(text) ? (
            <span className="float-right ml-2 font-sans print:hidden">
              <CopyButton text={text} label={`Copy ${visibleText(path)}`} />
            </span>
          ) : null}
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

function UsedByPolicy() {
  return (
    <span className="float-right ml-3">
      <Tag isAccent>
        <Scale className="size-3" strokeWidth={2} aria-hidden="true" />
        used by the policy
      </Tag>
    </span>
  );
}

/** An address that is not to be pressed here, or a text that is read elsewhere. */
function isToBeTakenAlong(text: string): boolean {
  return /^https?:\/\//.test(text) || foldText(text).hiddenCount > 0;
}

function isSuspicious(text: string): boolean {
  return inspectText(text).warnings.length > 0;
}
