// Markdown as people write it, read into pieces: paragraphs, titles, lists, quotes, emphasis, links. Markup of another kind (HTML, pictures,
// code) is shown as the text that it is: nothing of it is ever run.
import { fromMarkdown } from "mdast-util-from-markdown";
import { isSafeHref } from "../../../../ui/link.tsx";
import type { Piece, Span } from "./document.ts";
import { replaceReferences } from "./references.ts";

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

/** Signs that no keyboard has hold a reference's place while the text is read; what was typed has none of them. */
const [open, close] = ["\uE000", "\uE001"];
const held = /\uE000(\d+)\uE001/;

/** `figure`: what stands for the reference between the braces. */
export function readMarkdown(text: string, figure: (inside: string) => Span): Piece[] {
  const insides: string[] = [];
  const clean = text.toWellFormed().replaceAll(/[\uE000\uE001]/g, "");
  const kept = replaceReferences(clean, (inside, at) => {
    insides.push(inside);
    return `${open}${at}${close}`;
  });
  const tree = fromMarkdown(kept, {
    extensions: [{ disable: { null: ["htmlFlow", "htmlText", "codeIndented", "definition"] } }],
  });
  const put = (value: string): Span[] =>
    value.split(/(\uE000\d+\uE001)/).flatMap((part): Span[] => {
      const at = held.exec(part)?.[1];
      if (at !== undefined) return [figure(insides[Number(at)] ?? "")];
      return part === "" ? [] : [{ is: "text", text: part }];
    });
  const plain = (value: string): string =>
    value.replaceAll(/\uE000(\d+)\uE001/g, (_, at: string) => `{{${insides[Number(at)] ?? ""}}}`);
  return piecesOf(tree, { spans: put, plain });
}

/** `plain`: the braces as they were typed, where no figure can stand. */
type Put = { spans: (value: string) => Span[]; plain: (value: string) => string };

const childrenOf = (node: Node): Node[] => ("children" in node ? (node.children as Node[]) : []);

function piecesOf(parent: Node, put: Put): Piece[] {
  return childrenOf(parent).flatMap((node): Piece[] => {
    switch (node.type) {
      case "heading": {
        const spans = spansOf(node, put);
        // A title without a word is none.
        return /[\p{L}\p{N}\p{P}\p{S}]/u.test(plainSpans(spans))
          ? [{ is: "heading", level: node.depth <= 2 ? 2 : 3, spans }]
          : [];
      }
      case "list":
        return [
          { is: "list", ordered: node.ordered === true, items: childrenOf(node).map((item) => piecesOf(item, put)) },
        ];
      case "blockquote":
        return [{ is: "quote", pieces: piecesOf(node, put), signed: null }];
      case "code":
        return [{ is: "paragraph", spans: put.spans(node.value) }];
      case "paragraph":
        return [{ is: "paragraph", spans: spansOf(node, put) }];
      default:
        return [];
    }
  });
}

function spansOf(parent: Node, put: Put): Span[] {
  return childrenOf(parent).flatMap((node): Span[] => {
    switch (node.type) {
      case "text":
        return put.spans(node.value);
      case "inlineCode":
        return put.spans(node.value);
      case "strong":
      case "emphasis":
        return [{ is: node.type, spans: spansOf(node, put) }];
      case "link":
        return isSafeHref(node.url)
          ? [{ is: "link", href: put.plain(node.url), spans: spansOf(node, put) }]
          : spansOf(node, put);
      case "image":
        return node.alt ? put.spans(node.alt) : [];
      case "break":
        return [{ is: "break" }];
      default:
        return "children" in node ? spansOf(node, put) : [];
    }
  });
}

/** The words of pieces, for a search or a comparison. */
export const plainSpans = (spans: readonly Span[]): string =>
  spans.map((span) => (span.is === "break" ? " " : "text" in span ? span.text : plainSpans(span.spans))).join("");
