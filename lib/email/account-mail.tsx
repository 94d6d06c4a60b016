import { Fragment } from "react";
import { Body, Button, Container, Heading, Html, Link, render, Section, Text } from "react-email";
import { MailData } from "./mail-data";
import { MailHead } from "./mail-head";
import type { AccountMailMessage, MailPiece } from "./mail-message";
import { MAIL_STYLE } from "./mail-style";

export function renderAccountHtml(words: AccountMailMessage): Promise<string> {
  return render(<AccountMail words={words} />);
}

function AccountMail({
  words: { subject, preview, heading, paragraphs, button, note, other, warnings, footer },
}: {
  words: AccountMailMessage;
}) {
  return (
    <Html>
      <MailHead title={subject} />
      <Body className="bg" style={MAIL_STYLE.canvas}>
        <div style={MAIL_STYLE.preheader}>{preview}</div>
        <Container style={MAIL_STYLE.container}>
          <Text className="ink" style={MAIL_STYLE.brand}>
            <b>DAAI Console</b>
          </Text>
          <Section className="paper" tdClassName="pad" style={MAIL_STYLE.paper}>
            <Heading as="h1" className="ink" style={MAIL_STYLE.firstHeadline}>
              <Pieces line={heading} />
            </Heading>
            {paragraphs.map((paragraph, index) =>
              "verbatim" in paragraph ? (
                <pre className="ink inset" style={MAIL_STYLE.verbatim} key={index}>
                  {paragraph.verbatim}
                </pre>
              ) : (
                <Text className="ink" style={MAIL_STYLE.paragraph} key={index}>
                  <Pieces line={paragraph} />
                </Text>
              ),
            )}
            {warnings.map((warning) => (
              <p className="warn" style={MAIL_STYLE.warning} key={warning}>
                Warning: {warning}
              </p>
            ))}
            <Section style={MAIL_STYLE.buttonRow}>
              <Button className="button" href={button.href} style={MAIL_STYLE.button}>
                {button.label}
              </Button>
            </Section>
            <Text className="muted" style={MAIL_STYLE.note}>
              {note}
            </Text>
            {other ? (
              <Text className="muted" style={MAIL_STYLE.note}>
                {other.before}{" "}
                <Link className="link" href={other.href} style={MAIL_STYLE.link}>
                  {other.label}
                </Link>
              </Text>
            ) : null}
          </Section>
          <Text className="muted" style={MAIL_STYLE.footer}>
            <MailData text={footer} />
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

function Pieces({ line }: { line: readonly MailPiece[] }) {
  return line.map((piece, index) => <Fragment key={index}>{typeof piece === "string" ? piece : <MailData text={piece.data} />}</Fragment>);
}
