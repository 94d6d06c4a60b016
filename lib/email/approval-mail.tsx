import { Body, Button, Container, Heading, Html, render, Section, Text } from "react-email";
import type { ApprovalExcerpt } from "./approval-excerpt";
import { MailAgentWords } from "./mail-agent-words";
import { MailData, MailWarnings } from "./mail-data";
import { moreWords, type RowsExcerpt, restHeading } from "./mail-excerpt";
import { MailFacts } from "./mail-facts";
import { MailHead } from "./mail-head";
import { MAIL_STYLE } from "./mail-style";

export function renderApprovalHtml(excerpt: ApprovalExcerpt, link: string, subject: string): Promise<string> {
  return render(<ApprovalMail excerpt={excerpt} link={link} subject={subject} />);
}

function ApprovalMail({ excerpt, link, subject }: { excerpt: ApprovalExcerpt; link: string; subject: string }) {
  const { decision, words, read, rest } = excerpt;
  const { actor, policy, action, reasoning } = decision;
  return (
    <Html>
      <MailHead title={subject} />
      <Body className="bg" style={MAIL_STYLE.canvas}>
        <div style={MAIL_STYLE.preheader}>
          <MailData text={`${words.risk}. ${words.deadline} ${words.othersAsked}`} />
        </div>
        <Container style={MAIL_STYLE.container}>
          <Text className="ink" style={MAIL_STYLE.brand}>
            <b>DAAI Console</b>
            {" \u00a0"}
            <span className="muted" style={MAIL_STYLE.muted}>
              <MailData text={words.from} />
            </span>
          </Text>
          <Section className="paper" tdClassName="pad" style={MAIL_STYLE.paper}>
            <span className="wait" style={MAIL_STYLE.badge}>
              ◷ Pending approval
            </span>
            {" \u00a0"}
            <span className="muted" style={MAIL_STYLE.risk}>
              {words.risk}
            </span>
            {words.test === "" ? null : (
              <Text className="ink" style={{ ...MAIL_STYLE.reason, margin: "14px 0 0" }}>
                <b>{words.test}</b>
              </Text>
            )}
            <Heading as="h1" className="ink" style={MAIL_STYLE.headline}>
              {actor === null ? "The agent" : <MailData text={actor} />} wants to <MailData text={decision.sentence} />
            </Heading>
            <MailWarnings text={`${words.from} ${actor ?? ""} ${decision.sentence}`} />
            {words.changed === null ? null : (
              <Text className="ink" style={MAIL_STYLE.paragraph}>
                <MailData text={words.changed} />
                <MailWarnings text={words.changed} />
              </Text>
            )}
            {words.previous === null ? null : (
              <Text className="ink" style={MAIL_STYLE.paragraph}>
                <MailData text={words.previous} />
                <MailWarnings text={words.previous} />
              </Text>
            )}
            <MailFacts amount={decision.amount} recipient={decision.recipient} />
            <Section style={MAIL_STYLE.buttonRow}>
              <Button className="button" href={link} style={MAIL_STYLE.button}>
                Review and decide
              </Button>
            </Section>
            <Text className="muted" style={MAIL_STYLE.note}>
              {words.deadline} <MailData text={words.othersAsked} />
            </Text>
            <MailAgentWords actor={actor} reasoning={reasoning} source={decision.source} />
            <Heading as="h2" className="ink" style={MAIL_STYLE.heading}>
              Why your approval is needed
            </Heading>
            <Text className="ink" style={MAIL_STYLE.reason}>
              <MailData text={policy.explanation} />{" "}
              <span className="muted" style={MAIL_STYLE.muted}>
                Policy version {policy.version} of {action.name}.
              </span>
            </Text>
            <MailRows excerpt={read} />
            {rest.rows.length === 0 ? null : (
              <>
                <Heading as="h2" className="ink" style={MAIL_STYLE.heading}>
                  {restHeading(rest)}
                </Heading>
                <MailRows excerpt={rest} />
              </>
            )}
          </Section>
          <Text className="muted" style={MAIL_STYLE.footer}>
            {words.footer}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

/** Fields of the payload: names at the left, values as they were sent at the right, and how many are on the page only. */
function MailRows({ excerpt: { rows, hidden } }: { excerpt: RowsExcerpt }) {
  if (rows.length === 0) return null;
  return (
    <table role="presentation" width="100%" cellPadding="0" cellSpacing="0" style={MAIL_STYLE.rows}>
      <tbody>
        {rows.map(({ path, text }) => (
          <tr key={path}>
            <td className="line muted" width="34%" style={MAIL_STYLE.name}>
              <MailData text={path} />
              <MailWarnings text={path} />
            </td>
            <td className="line ink" style={MAIL_STYLE.value}>
              {text === null ? (
                <span className="muted" style={MAIL_STYLE.muted}>
                  none
                </span>
              ) : (
                <MailData text={text} />
              )}
              <MailWarnings text={text ?? ""} />
            </td>
          </tr>
        ))}
        {hidden === 0 ? null : (
          <tr>
            <td className="line muted" colSpan={2} style={MAIL_STYLE.name}>
              {moreWords(hidden, "field")}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
