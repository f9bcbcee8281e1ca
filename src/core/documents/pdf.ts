// A PDF from a Typst template and data: tagged for readers that speak (PDF/UA-1, ISO 14289), its typeface inside. What people wrote is
// data, which Typst never reads as markup.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { NodeCompiler, NodeTypstDocument } from "@myriaddreamin/typst-ts-node-compiler";

const require = createRequire(import.meta.url);
const layout = new URL("./house.typ", import.meta.url);
const faces = ["400Regular", "400Regular_Italic", "700Bold"].map((face) =>
  require.resolve(`@expo-google-fonts/atkinson-hyperlegible-next/${face}/AtkinsonHyperlegibleNext_${face}.ttf`),
);

/** Where the compiler believes that it stands: nothing of the disk is there, so that a template reads the layout and its data only. */
const workspace = "/documents";

type Ready = { compiler: NodeCompiler; sources: Map<string, string> };
let ready: Promise<Ready> | null = null;

/** The compiler is a large binary: it is loaded with the first document, and stays. */
async function load(): Promise<Ready> {
  const { NodeCompiler } = await import("@myriaddreamin/typst-ts-node-compiler");
  const compiler = NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: await Promise.all(faces.map((path) => readFile(path))) }],
  });
  compiler.addSource(`${workspace}/house.typ`, await readFile(layout, "utf8"));
  return { compiler, sources: new Map() };
}

/**
 * The document as PDF/UA-1. A sign that the typeface cannot draw (a name in another script, an emoji) is refused by that standard: the
 * document is then tagged all the same, and shows an empty box in its place, rather than not be at all.
 */
function exported(compiler: NodeCompiler, document: NodeTypstDocument): Buffer {
  try {
    return compiler.pdf(document, { pdfStandard: "ua-1" });
  } catch (error) {
    if (!/could not be displayed with font/.test(String(error))) throw error;
    return compiler.pdf(document);
  }
}

/**
 * Compiles `template` (a .typ file, which finds `data` in `sys.inputs.data` as JSON, the layout at `/house.typ`, and pictures by their
 * names at `/files/`). The same data give the same bytes.
 * @throws Error with Typst's own words when the template is wrong.
 */
export async function renderPdf(
  template: URL,
  data: object,
  files: Readonly<Record<string, Uint8Array>> = {},
): Promise<Buffer> {
  ready ??= load().catch((error: unknown) => {
    ready = null;
    throw error;
  });
  const { compiler, sources } = await ready;
  const source = sources.get(template.href) ?? (await readFile(fileURLToPath(template), "utf8"));
  sources.set(template.href, source);
  for (const [name, bytes] of Object.entries(files))
    compiler.mapShadow(`${workspace}/files/${name}`, Buffer.from(bytes));
  const compiled = compiler.compile({ mainFileContent: source, inputs: { data: JSON.stringify(data) } });
  const document = compiled.result;
  if (!document) {
    const error = compiled.takeError();
    throw new Error(
      `${template.pathname}: ${error ? JSON.stringify(compiler.fetchDiagnostics(error)) : "no document"}`,
    );
  }
  const pdf = exported(compiler, document);
  for (const name of Object.keys(files)) compiler.unmapShadow(`${workspace}/files/${name}`);
  // What earlier documents left in the compiler's memory goes.
  compiler.evictCache(5);
  return pdf;
}
