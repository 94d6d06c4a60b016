import type { PayloadRow } from "@/lib/domain/policy/payload-rows";
import { MailData, MailWarnings } from "./mail-data";
import { MAIL_STYLE } from "./mail-style";

/** Fields of the payload, all of them: names at the left, values as they were sent at the right. */
export function MailRows({ rows }: { rows: readonly PayloadRow[] }) {
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
      </tbody>
    </table>
  );
}
