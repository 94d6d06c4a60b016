import { Bot } from "lucide-react";
import { Quote } from "@/components/ui/quote";
import { possessive } from "@/lib/domain/text/possessive";
import { LongText } from "./long-text";
import { TextWarnings } from "./text-warnings";
import { VisibleText } from "./visible-text";

/** Quotes the agent. The frame and the label distinguish it from the console's own words. */
export function AgentWords({
  actor,
  reasoning,
  source,
  isErased = false,
}: {
  actor: string | null;
  reasoning: string | null;
  source: { readonly type: string | null; readonly ref: string | null } | null;
  /** The agent's text has been erased. */
  isErased?: boolean;
}) {
  const sourceText = [source?.type, source?.ref].filter((part) => part != null && part !== "").join(", ");
  return (
    <Quote
      label={
        <>
          <Bot className="size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
          <strong className="font-medium text-ink wrap-anywhere">
            In {actor === null ? "the agent’s" : <VisibleText text={possessive(actor)} />} words
          </strong>
          <span>not verified by the console</span>
        </>
      }
    >
      {reasoning === null ? (
        <span className="text-muted">{isErased ? "Erased with the payload." : "No reason given."}</span>
      ) : (
        <LongText text={reasoning} />
      )}
      {reasoning === null ? null : <TextWarnings text={reasoning} />}
      {sourceText === "" ? null : (
        <span className="mt-1.5 block text-sm text-muted">
          Source: <VisibleText text={sourceText} />
          <TextWarnings text={sourceText} />
        </span>
      )}
    </Quote>
  );
}
