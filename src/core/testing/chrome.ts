// A bare surrounding for routes under test: the body, the notice, the refusal's sentence.
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Chrome } from "../http/server.ts";

export const plainChrome: Chrome = {
  page: (answer) =>
    `<!doctype html><html lang="fr"><head><title>${renderToString(h("i", {}, answer.title))}</title></head><body>${
      answer.notice ? renderToString(h("p", { role: "status" }, answer.notice.text)) : ""
    }${renderToString(h("main", {}, answer.body))}</body></html>`,
  fragment: (answer) => renderToString(h("div", {}, answer.body)),
  refusal: (answer) => renderToString(h("main", {}, h("p", {}, answer.sentence))),
};
