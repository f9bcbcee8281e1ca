// A PDF read back by another program's eyes: its text, its title, and what a reader that speaks would find of its structure.
import { getDocumentProxy } from "unpdf";

export type PdfRead = { title: string; tagged: boolean; pages: number; text: string; roles: string[] };

type Node = { role?: string; children?: Node[] };

export async function readPdf(bytes: Uint8Array): Promise<PdfRead> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const { info } = (await document.getMetadata()) as { info: { Title?: string } };
  const roles: string[] = [];
  const walk = (node: Node): void => {
    if (node.role) roles.push(node.role);
    for (const child of node.children ?? []) walk(child);
  };
  const texts: string[] = [];
  for (let at = 1; at <= document.numPages; at += 1) {
    const page = await document.getPage(at);
    const { items } = await page.getTextContent();
    texts.push(items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
    walk((await page.getStructTree()) as Node);
  }
  const marked = (await document.getMarkInfo()) as { Marked?: boolean } | null;
  return {
    title: info.Title ?? "",
    tagged: marked?.Marked === true,
    pages: document.numPages,
    text: texts.join("\n"),
    roles,
  };
}
