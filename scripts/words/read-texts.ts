import ts from "typescript";

/** A visible text, as it is in its file. */
export interface ShownText {
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
}

/** Texts of this file that people read: on pages, in emails, in API errors, in a terminal, in the documentation. */
export function readTexts(path: string, source: string): ShownText[] {
  if (/\.tsx?$/.test(path)) return ofTypeScript(path, source);
  if (/\.mdx?$/.test(path)) return [{ text: blank(source, CODE_IN_MARKDOWN), start: 0 }];
  if (/\.py$/.test(path)) return ofPython(source);
  if (/\.mjs$/.test(path)) return ofTypeScript(path.replace(/mjs$/, "js"), source);
  return [{ text: blank(source, SETTING), start: 0 }];
}

/** Fences, inline code, imports, tags without their text, and the addresses of links. */
const CODE_IN_MARKDOWN =
  /^( *)```[^]*?^\1```|^(?: {4}|\t)\S.*$|``[^]*?``|`[^`]*`|^(?:import|export) .*$|<\/?[\w.]+(?: [^<>]*)?\/?>|\]\([^)\s]*\)/gm;
/** The line of a setting, whose value is not language. */
const SETTING = /^[A-Z_]+=.*$/gm;
const SQL = /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|WHERE|LISTEN|NOTIFY|SET|FROM)\b/;
/** Attributes that hold names, not language. */
const ATTRIBUTES = new Set(["className", "href", "id", "name", "src", "type", "key", "variant"]);

function blank(source: string, pattern: RegExp): string {
  return source.replace(pattern, (found) => found.replace(/[^\n]/g, "·"));
}

function ofTypeScript(path: string, source: string): ShownText[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const texts: ShownText[] = [];
  const add = (node: ts.Node) => {
    const start = node.getStart(file);
    texts.push({ text: source.slice(start, node.getEnd()), start });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isJsxAttribute(node) && ATTRIBUTES.has(node.name.getText(file))) return;
    if (ts.isTaggedTemplateExpression(node)) return node.template.forEachChild(visit);
    if (ts.isJsxText(node)) add(node);
    else if (ts.isStringLiteralLike(node)) {
      if (isLanguage(node.text)) add(node);
    } else if (ts.isTemplateExpression(node)) {
      const pieces = [node.head, ...node.templateSpans.map((span) => span.literal)];
      if (isLanguage(pieces.map((piece) => piece.text).join("x"))) {
        for (const piece of pieces) texts.push({ text: source.slice(piece.getStart(file), piece.getEnd()), start: piece.getStart(file) });
      }
    }
    node.forEachChild(visit);
  };
  visit(file);
  return texts;
}

/** Words with a space between them, or one that begins with a capital: names, paths and SQL are none. */
function isLanguage(text: string): boolean {
  return !SQL.test(text) && (/\p{L}[,.;:]? +\S*\p{L}/u.test(text) || /^\p{Lu}\p{Ll}+$/u.test(text.trim()));
}

const PYTHON_TOKEN = /#.*|[rbfuRBFU]{0,2}(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/g;

function ofPython(source: string): ShownText[] {
  return [...source.matchAll(PYTHON_TOKEN)]
    .filter(([token]) => !token.startsWith("#") && isLanguage(token))
    .map((found) => ({ text: blank(found[0], /``?[^`]*``?/g), start: found.index }));
}
