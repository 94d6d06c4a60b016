import { inspectText } from "@/lib/domain/text/hidden-characters";
import { inertLine } from "@/lib/domain/text/inert-text";

const HEADING_MAX_LENGTH = 150;
/** Slack takes 3,000. */
const TEXT_MAX_LENGTH = 2000;
/** Slack takes ten elements in a block. */
const MAX_WARNINGS = 9;

export interface SlackNotice {
  readonly heading: string;
  /** The same in the console's words only. */
  readonly summary: string;
  /** "Workspace for client". */
  readonly from: string;
  /** What the agent wants to do; null where there is nothing to say or nothing may be said. Its values are the agent's. */
  readonly sentence: string | null;
  /** The console's own facts, such as the risk and the deadline. */
  readonly facts: readonly string[];
  readonly url: string;
}

/**
 * A message for Slack's incoming webhooks. Foreign text is only in plain_text, where nothing becomes markup, a mention or a link, with a
 * warning about suspicious characters. The only link is the console's.
 */
export function slackMessage({ heading, summary, from, sentence, facts, url }: SlackNotice) {
  const warnings = inspectText(`${heading} ${from} ${sentence ?? ""}`).warnings.slice(0, MAX_WARNINGS);
  return {
    // The text of notifications. Slack parses it as markup, so it contains only our own words.
    text: escapeSlack(summary),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plain(heading, HEADING_MAX_LENGTH) },
      ...(sentence === null ? [] : [{ type: "section", text: plain(`The agent wants to ${sentence}`) }]),
      ...(warnings.length === 0 ? [] : [{ type: "context", elements: warnings.map((warning) => plain(`Warning: ${warning}`)) }]),
      { type: "context", elements: [plain(from), ...facts.map((fact) => plain(fact))] },
      { type: "section", text: { type: "mrkdwn", text: `<${escapeSlack(url)}|Open in the console>` } },
    ],
  };
}

/** One line, with hidden characters as codes and addresses broken, within Slack's limit after escaping. */
function plain(words: string, maxLength = TEXT_MAX_LENGTH) {
  let text = "";
  for (const character of inertLine(words).trim()) {
    const escaped = escapeSlack(character);
    if (text.length + escaped.length >= maxLength) {
      text += "…";
      break;
    }
    text += escaped;
  }
  return { type: "plain_text", text, emoji: false } as const;
}

/** Escapes the three characters that Slack interprets. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
