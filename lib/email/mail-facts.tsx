import { Column, Row } from "react-email";
import { formatAmount } from "@/lib/domain/policy/format-amount";
import { MailData, MailWarnings } from "./mail-data";
import { MAIL_STYLE } from "./mail-style";

/** How much and to whom, before anything else. Nothing when there is neither. */
export function MailFacts({
  amount,
  recipient,
}: {
  amount: { readonly decimal: string; readonly currency: string | null } | null;
  recipient: string | null;
}) {
  if (amount === null && recipient === null) return null;
  return (
    <Row className="line" style={MAIL_STYLE.facts}>
      {amount === null ? null : (
        <Column className="stack" width="42%" style={MAIL_STYLE.firstFact}>
          <p className="muted" style={MAIL_STYLE.label}>
            Amount
          </p>
          <p className="ink" style={MAIL_STYLE.amount}>
            {formatAmount(amount.decimal)}
            {amount.currency === null ? null : (
              <span className="muted" style={MAIL_STYLE.currency}>
                {"\u00a0"}
                <MailData text={amount.currency} />
              </span>
            )}
          </p>
          <MailWarnings text={amount.currency ?? ""} />
        </Column>
      )}
      {recipient === null ? null : (
        <Column className="stack line" style={amount === null ? MAIL_STYLE.firstFact : MAIL_STYLE.secondFact}>
          <p className="muted" style={MAIL_STYLE.label}>
            To
          </p>
          <p className="ink" style={MAIL_STYLE.recipient}>
            <MailData text={recipient} />
          </p>
          <MailWarnings text={recipient} />
        </Column>
      )}
    </Row>
  );
}
