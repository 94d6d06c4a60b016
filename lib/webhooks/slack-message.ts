import { visibleText } from "@/lib/domain/hidden-characters";

const HEADING_MAX_LENGTH = 150;
const TEXT_MAX_LENGTH = 1000;

export interface SlackNotice {
  readonly heading: string;
  /** "Workspace for client". */
  readonly from: string;
  /** What the agent wants to do; null where there is nothing to say or nothing may be said. Its values are the agent's. */
  readonly sentence: string | null;
  /** What of it the console knows, such as the risk and until when. */
  readonly facts: readonly string[];
  readonly url: string;
}

/**
 * A message for Slack's incoming webhooks. Words that are not ours stand in plain_text alone, where nothing becomes markup, a
 * mention or a link; the one link is the console's own address.
 */
export function slackMessage({ heading, from, sentence, facts, url }: SlackNotice) {
  return {
    // What notifications show in place of the blocks. Slack reads it as markup, so it is the console's words only.
    text: escapeSlack(heading),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: "header", text: plain(heading, HEADING_MAX_LENGTH) },
      ...(sentence === null ? [] : [{ type: "section", text: plain(`The agent wants to ${sentence}`, TEXT_MAX_LENGTH) }]),
      { type: "context", elements: [plain(from, TEXT_MAX_LENGTH), ...facts.map((fact) => plain(fact, TEXT_MAX_LENGTH))] },
      { type: "section", text: { type: "mrkdwn", text: `<${escapeSlack(url)}|Open it in the console>` } },
    ],
  };
}

/** One line, with what does not show as codes, as long as Slack takes. */
function plain(text: string, maxLength: number) {
  const characters = [...visibleText(text.replace(/\s+/g, " ").trim())];
  const short = characters.length <= maxLength ? characters.join("") : `${characters.slice(0, maxLength - 1).join("")}…`;
  return { type: "plain_text", text: escapeSlack(short), emoji: false } as const;
}

/** The three characters that Slack gives a meaning to, in every text. */
function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
