/** What a reader sees of the document: no tags, no comments, no style sheet, entities decoded. */
export function readable(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, "")
    .replace(/<!--.*?-->/gs, "")
    .replace(/<br\s*\/?>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}
