// Blocks as a new edition writes them.
import type { Contents, Written } from "./content.ts";
import type { Drawing } from "./words.ts";

export const text = (words: string): Written => ({ kind: "text", content: { text: words } });
export const box = (title: string): Written => ({ kind: "box", content: { title, text: "" } });
export const figures = (lines: readonly string[], quiet: boolean): Written & { kind: "figures" } => ({
  kind: "figures",
  content: { lines: lines.join("\n"), quiet },
});
export const table = (title: string, lines: readonly string[], by: string, across = ""): Written => ({
  kind: "table",
  content: { title, figures: lines.join("\n"), by, across },
});
export const chart = (title: string, figure: string, by: string, drawing: Drawing): Written => ({
  kind: "chart",
  content: { title, figure, by, drawing, text: "" },
});

/** What a block of each kind holds when it is added by hand. */
export const emptyContents: Contents = {
  text: { text: "" },
  box: { title: "Faits marquants", text: "" },
  figures: { lines: "", quiet: false },
  table: { title: "", figures: "", by: "", across: "" },
  chart: { title: "", figure: "", by: "", drawing: "bars", text: "" },
  testimony: { text: "", author: "", signature: "first-name", agreed: "" },
  photo: { photo: "", alternative: "", caption: "", credit: "" },
  partners: { title: "", role: "", more: "" },
};
