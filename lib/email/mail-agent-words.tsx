import { Section, Text } from "react-email";
import { possessive } from "@/lib/domain/text/possessive";
import { MailData, MailWarnings } from "./mail-data";
import { MAIL_STYLE } from "./mail-style";

/** Quotes the agent in a dashed frame, which the console's own content never has. */
export function MailAgentWords({
  actor,
  reasoning,
  source,
}: {
  actor: string | null;
  reasoning: string | null;
  source: { readonly type: string | null; readonly ref: string | null } | null;
}) {
  const sourceText = [source?.type, source?.ref].filter(Boolean).join(", ");
  return (
    <Section className="inset" style={MAIL_STYLE.words}>
      <Text className="muted" style={MAIL_STYLE.label}>
        <b className="ink" style={MAIL_STYLE.ink}>
          In {actor === null ? "the agent’s" : <MailData text={possessive(actor)} />} words
        </b>
        , not verified by the console
      </Text>
      <Text className="ink" style={MAIL_STYLE.wordsText}>
        {reasoning === null ? (
          <span className="muted" style={MAIL_STYLE.muted}>
            No reason given.
          </span>
        ) : (
          <MailData text={reasoning} />
        )}
      </Text>
      <MailWarnings text={reasoning ?? ""} />
      {sourceText === "" ? null : (
        <Text className="muted" style={MAIL_STYLE.wordsSource}>
          Source: <MailData text={sourceText} />
        </Text>
      )}
      <MailWarnings text={sourceText} />
    </Section>
  );
}
