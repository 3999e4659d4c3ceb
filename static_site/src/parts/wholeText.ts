import type { Definition, Nodes, Parents, Root, Text } from "mdast";
import type { Processor } from "unified";

// HTML is no Markdown: it is read as the text that it is. A footnote vanishes where nothing refers to it.
const UNREAD = ["htmlFlow", "htmlText", "gfmFootnoteDefinition", "gfmFootnoteCall", "gfmPotentialFootnoteCall"];

const isWebAddress = (url: string | undefined): boolean => /^(https?:\/\/|mailto:)/i.test(url ?? "");

/** Gives each node below another one to stand in its place, its own children after it. */
function replace(parent: Parents, by: (node: Nodes) => Nodes): void {
  parent.children = parent.children.map((child) => {
    const node = by(child);
    if ("children" in node) replace(node, by);
    return node;
  }) as typeof parent.children;
}

/** Lets no word vanish that Markdown would drop: HTML, addresses that are none of the web's, definitions that nothing refers
 *  to, cells beyond a table's head. Each stands there as it was written. */
export function wholeText(this: Processor) {
  const data = this.data() as { micromarkExtensions?: object[] };
  (data.micromarkExtensions ??= []).push({ disable: { null: UNREAD } });
  return (tree: Root, file: { toString: () => string }): void => {
    const source = file.toString();
    const asWritten = ({ position }: Nodes): Text => ({
      type: "text",
      value: source.slice(position?.start.offset, position?.end.offset),
    });
    const definitions = new Map<string, Definition>();
    const named = new Set<string>();
    replace(tree, (node) => {
      if (node.type === "definition" && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
      if (node.type === "linkReference" || node.type === "imageReference") named.add(node.identifier);
      return node;
    });
    const isUsed = (definition: Definition): boolean =>
      definitions.get(definition.identifier) === definition &&
      named.has(definition.identifier) &&
      isWebAddress(definition.url);
    replace(tree, (node) => {
      switch (node.type) {
        case "link":
        case "image":
          return isWebAddress(node.url) ? node : asWritten(node);
        case "linkReference":
        case "imageReference":
          return isWebAddress(definitions.get(node.identifier)?.url) ? node : asWritten(node);
        case "definition":
          return isUsed(node) ? node : { type: "paragraph", children: [asWritten(node)] };
        case "table": {
          const widest = Math.max(...node.children.map((row) => row.children.length));
          return { ...node, align: Array.from({ length: widest }, (_, index) => node.align?.[index] ?? null) };
        }
        default:
          return node;
      }
    });
  };
}
