// What every drawing of Observable Plot needs here: a document to be drawn in, on the server, and the cleaning that the pages ask for.
// Loaded when the first drawing is asked.

/** Plot, and an empty document to draw in. */
export async function drawingTools() {
  const [plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return { plot, document: document as unknown as Document };
}

/** A drawing as SVG text. All text in it is escaped by the document's serializer. */
export function plainSvg(drawn: Element): string {
  drawn.setAttribute("role", "img");
  // The content security policy allows no inline style: the page's own sheet colours the drawing.
  for (const style of [...drawn.querySelectorAll("style")]) style.remove();
  for (const element of [drawn, ...drawn.querySelectorAll("[style]")]) element.removeAttribute("style");
  // Plot names its groups, and a group without a role may bear no name (ARIA 1.2): the drawing has one name, its own.
  for (const group of drawn.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
  drawn.setAttribute("font-size", "14");
  return drawn.outerHTML;
}

/** A name that has to fit beside its bar. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;
