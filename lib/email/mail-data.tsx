import { Fragment, type ReactNode } from "react";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { MAX_WARNINGS } from "./mail-excerpt";
import { MAIL_STYLE } from "./mail-style";

/**
 * A foreign text as data. Shows hidden characters as codes. Dots, colons and at signs inside words get their own elements, because mail
 * programs turn anything that looks like an address into a link.
 */
export function MailData({ text }: { text: string }) {
  return (
    <bdi>
      {inspectText(text).segments.map((segment, index) =>
        "text" in segment ? (
          <Fragment key={index}>{withBreaks(segment.text)}</Fragment>
        ) : (
          <span className="wait" style={MAIL_STYLE.hidden} key={index} title={segment.name}>
            {segment.code}
          </span>
        ),
      )}
    </bdi>
  );
}

/** Describes suspicious characters in a text. */
export function MailWarnings({ text }: { text: string }) {
  return inspectText(text)
    .warnings.slice(0, MAX_WARNINGS)
    .map((warning) => (
      <p className="warn" style={MAIL_STYLE.warning} key={warning}>
        Warning: {withoutLinks(warning)}
      </p>
    ));
}

function withBreaks(text: string): ReactNode {
  return text.split(/\r?\n/).map((line, index) => (
    <Fragment key={index}>
      {index === 0 ? null : <br />}
      {withoutLinks(line)}
    </Fragment>
  ));
}

function withoutLinks(line: string): ReactNode {
  // Splitting at a group keeps the group: texts and single characters take turns.
  return line.split(/(?<=\S)([.:@])(?=\S)/).map((piece, index) => (index % 2 === 1 ? <span key={index}>{piece}</span> : piece));
}
