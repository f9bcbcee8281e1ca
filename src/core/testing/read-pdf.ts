// A PDF read back by another program's eyes: its text, its title, and what a reader that speaks would find of its structure.
import { getDocumentProxy } from "unpdf";

export type PdfRead = {
  title: string;
  tagged: boolean;
  pages: number;
  text: string;
  roles: string[];
  /** Drawings that say nothing to who does not see them. */
  figuresWithoutWords: number;
  /** Typefaces that the reader would have to have. */
  missingFonts: string[];
};

type Node = { role?: string; alt?: string; children?: Node[] };
type Font = { name?: string; missingFile?: boolean };

/** The operator of PDF.js that chooses a typeface. */
const setFont = 37;

export async function readPdf(bytes: Uint8Array): Promise<PdfRead> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const { info } = (await document.getMetadata()) as { info: { Title?: string } };
  const roles: string[] = [];
  const missing = new Set<string>();
  let figuresWithoutWords = 0;
  const walk = (node: Node): void => {
    if (node.role) roles.push(node.role);
    if (node.role === "Figure" && !node.alt && !(node.children ?? []).some((child) => child.role))
      figuresWithoutWords += 1;
    for (const child of node.children ?? []) walk(child);
  };
  const texts: string[] = [];
  for (let at = 1; at <= document.numPages; at += 1) {
    const page = await document.getPage(at);
    const { items } = await page.getTextContent();
    texts.push(items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
    walk((await page.getStructTree()) as Node);
    const { fnArray, argsArray } = await page.getOperatorList();
    for (const [place, code] of fnArray.entries()) {
      if (code !== setFont) continue;
      const font = page.commonObjs.get((argsArray[place] as [string])[0]) as Font;
      if (font.missingFile) missing.add(font.name ?? "?");
    }
  }
  const marked = (await document.getMarkInfo()) as { Marked?: boolean } | null;
  return {
    title: info.Title ?? "",
    tagged: marked?.Marked === true,
    pages: document.numPages,
    text: texts.join("\n"),
    roles,
    figuresWithoutWords,
    missingFonts: [...missing],
  };
}
