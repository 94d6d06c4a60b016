import { accountMailText } from "./account-mail-text";
import { accountMailWords, type AccountMail } from "./account-mail-words";
import type { RenderedMail } from "./rendered-mail";

/** A mail of somebody's account. Both parts say the same, and no name in it can become markup, a link or a header. */
export async function renderAccountMail(mail: AccountMail): Promise<RenderedMail> {
  // Loaded with the first mail, as the approval's.
  const { renderAccountHtml } = await import("./account-mail");
  const words = accountMailWords(mail);
  return { subject: words.subject, html: await renderAccountHtml(words), text: accountMailText(words) };
}
