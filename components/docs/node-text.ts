import { Children, cloneElement, isValidElement, type ReactElement, type ReactNode } from "react";

type WithChildren = ReactElement<{ children?: ReactNode }>;

const hasChildren = (node: ReactNode): node is WithChildren => isValidElement<{ children?: ReactNode }>(node);

/** All text inside, as it reads. */
export function textOf(node: ReactNode): string {
  if (typeof node === "string" || typeof node === "number") return String(node);
  if (Array.isArray(node))
    return Children.toArray(node as ReactNode[])
      .map(textOf)
      .join("");
  return hasChildren(node) ? textOf(node.props.children) : "";
}

/** The same elements, with every text changed. */
export function mapText(node: ReactNode, change: (text: string) => string): ReactNode {
  if (typeof node === "string") return change(node);
  if (Array.isArray(node)) return Children.map(node as ReactNode[], (child) => mapText(child, change));
  return hasChildren(node) ? cloneElement(node, {}, mapText(node.props.children, change)) : node;
}
