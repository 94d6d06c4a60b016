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

/** Shows the payload as plain data: no markup, no links, no invisible characters. */
export function PayloadList({
  rows,
  used = [],
}: {
  rows: readonly PayloadRow[];
  /** Paths that the policy used, which are marked. */
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

/** A URL, which is not a link here, or a long text: both are useful to copy. */
function isToBeTakenAlong(text: string): boolean {
  return /^https?:\/\//.test(text) || foldText(text).hiddenCount > 0;
}

function isSuspicious(text: string): boolean {
  return inspectText(text).warnings.length > 0;
}
