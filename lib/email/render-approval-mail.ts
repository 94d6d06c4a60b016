import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { approvalExcerpt } from "./approval-excerpt";
import { approvalMessages } from "./approval-messages";
import { approvalSubject } from "./approval-subject";
import { approvalText } from "./approval-text";
import type { RenderedMail } from "./rendered-mail";

/**
 * Renders the email that asks one approver about one run. `link` is the console's own, with the secret token. Everything from the payload
 * is shown as data in both parts: never as markup, a link or a header.
 */
export async function renderApprovalMail(
  decision: DecisionView,
  link: string,
  {
    askReason = null,
    hasTwin = false,
    identicalCount = 0,
  }: { askReason?: AskReason | null; hasTwin?: boolean; identicalCount?: number } = {},
): Promise<RenderedMail> {
  // Loaded with the first email, because the templates' libraries would slow down startup by half a second.
  const { renderApprovalHtml } = await import("./approval-mail");
  const subject = approvalSubject(decision, { isReminder: askReason === "reminder", hasTwin });
  const excerpt = approvalExcerpt(decision, approvalMessages(decision, { askReason, identicalCount }));
  return { subject, html: await renderApprovalHtml(excerpt, link, subject), text: approvalText(excerpt, link) };
}
