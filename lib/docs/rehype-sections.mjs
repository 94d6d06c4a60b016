/**
 * A rehype plugin: a page of the documentation exports its `sections`, which the table of contents and the search read, a code block
 * keeps the title that its fence gives (```python title="remind.py"), and a table gets its section's title as its accessible name.
 * Runs after rehype-slug, before highlighting.
 */
export default function rehypeSections() {
  return (tree) => {
    const sections = [{ id: "", depth: 1, title: "", text: "" }];
    for (const node of tree.children) {
      const depth = { h2: 2, h3: 3 }[node.tagName];
      if (depth === undefined) sections.at(-1).text += ` ${textOf(node)}`;
      else sections.push({ id: node.properties.id, depth, title: textOf(node), text: "" });
      if (node.tagName === "pre") keepTitle(node);
      if (node.tagName === "table") node.properties["aria-label"] = sections.at(-1).title;
    }
    for (const section of sections) section.text = section.text.replace(/\s+/g, " ").trim();
    tree.children.push(exportOf("sections", sections));
  };
}

function textOf(node) {
  if (node.type === "text") return node.value;
  return (node.children ?? []).map(textOf).join(node.tagName === "tr" || node.tagName === "ul" ? " " : "");
}

function keepTitle(pre) {
  const code = pre.children.find((child) => child.tagName === "code");
  const title = /title="([^"]+)"/.exec(code?.data?.meta ?? "")?.[1];
  if (title !== undefined) pre.properties["data-title"] = title;
}

/** `export const name = JSON.parse("…")`, as a syntax tree. */
function exportOf(name, value) {
  const parse = {
    type: "MemberExpression",
    object: { type: "Identifier", name: "JSON" },
    property: { type: "Identifier", name: "parse" },
    computed: false,
    optional: false,
  };
  const init = { type: "CallExpression", callee: parse, arguments: [{ type: "Literal", value: JSON.stringify(value) }], optional: false };
  const declaration = {
    type: "VariableDeclaration",
    kind: "const",
    declarations: [{ type: "VariableDeclarator", id: { type: "Identifier", name }, init }],
  };
  const body = [{ type: "ExportNamedDeclaration", declaration, specifiers: [], source: null, attributes: [] }];
  return { type: "mdxjsEsm", value: "", data: { estree: { type: "Program", sourceType: "module", body } } };
}
