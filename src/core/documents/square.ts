// Squares that a camera reads (QR codes, ISO/IEC 18004), as SVG on a white ground: readable in dark mode too.
import encodeQR from "qr";

/** Sides of a module, in points of the picture's own grid; the quiet zone around is the standard's four modules. */
const quiet = 4;

/** `label`: what it is for, said to who does not see it. */
export function squareSvg(text: string, label: string, side = 220): string {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: quiet });
  const size = rows.length;
  // One path: each dark run of a row is a rectangle one module high.
  let path = "";
  rows.forEach((row, y) => {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue;
      const from = x;
      while (x < size && row[x]) x++;
      path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    }
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img" aria-label="${label}"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`;
}
