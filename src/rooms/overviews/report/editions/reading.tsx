// A document as a page: what the records and the authors say, each number one click away from its definition.
import type { ComponentChildren } from "preact";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { declaredKindWords } from "../declared/words.ts";
import type { Piece, Span } from "./document.ts";
import type { ChartPiece } from "./drawing.ts";

export type Reading = {
  drawings: ReadonlyMap<Piece, string>;
  /** Where a figure leads. */
  figureHref: (key: string) => string;
  /** What a figure has become since the freeze: "26 594 → 26 593"; null when it is the same. */
  since: (key: string) => string | null;
  photoHref: (photo: string) => string;
};

function Spans({ spans, reading }: { spans: readonly Span[]; reading: Reading }) {
  return <>{spans.map((span, at) => spanOf(span, at, reading))}</>;
}

// Rendered once on the server: the place is as good a key as any.
function spanOf(span: Span, at: number, reading: Reading): ComponentChildren {
  switch (span.is) {
    case "text":
      return span.text;
    case "strong":
      return (
        <strong key={at}>
          <Spans spans={span.spans} reading={reading} />
        </strong>
      );
    case "emphasis":
      return (
        <em key={at}>
          <Spans spans={span.spans} reading={reading} />
        </em>
      );
    case "link":
      return (
        <Link key={at} href={span.href}>
          <Spans spans={span.spans} reading={reading} />
        </Link>
      );
    case "break":
      return <br key={at} />;
    case "figure":
      return (
        <span key={at}>
          <a href={reading.figureHref(span.key)}>{span.text}</a>
          {span.mark ? <small> ({declaredKindWords[span.mark]})</small> : null}
          <Since of={span.key} reading={reading} />
        </span>
      );
  }
}

function Since({ of, reading }: { of: string; reading: Reading }) {
  const since = reading.since(of);
  return since ? <small class="since-freeze"> (depuis le gel : {since})</small> : null;
}

export function Pieces({ pieces, reading }: { pieces: readonly Piece[]; reading: Reading }) {
  return (
    <>
      {pieces.map((piece, at) => (
        <OnePiece key={at} piece={piece} reading={reading} />
      ))}
    </>
  );
}

function OnePiece({ piece, reading }: { piece: Piece; reading: Reading }): ComponentChildren {
  switch (piece.is) {
    case "heading":
      return piece.level === 2 ? (
        <h2>
          <Spans spans={piece.spans} reading={reading} />
        </h2>
      ) : (
        <h3>
          <Spans spans={piece.spans} reading={reading} />
        </h3>
      );
    case "paragraph":
      return (
        <p>
          <Spans spans={piece.spans} reading={reading} />
        </p>
      );
    case "list": {
      const items = piece.items.map((item, at) => (
        <li key={at}>
          <Pieces pieces={item} reading={reading} />
        </li>
      ));
      return piece.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "quote":
      return (
        <figure class="testimony">
          <blockquote>
            <Pieces pieces={piece.pieces} reading={reading} />
          </blockquote>
          {piece.signed ? <figcaption>{piece.signed}</figcaption> : null}
        </figure>
      );
    case "box":
      return (
        <aside class="report-box" aria-label={piece.title}>
          <p class="report-box-title">
            <strong>{piece.title}</strong>
          </p>
          <Pieces pieces={piece.pieces} reading={reading} />
        </aside>
      );
    case "key-figures":
      return (
        <ul class="key-figures">
          {piece.figures.map((figure) => (
            <li key={`${figure.key} ${figure.label}`}>
              <a href={reading.figureHref(figure.key)}>
                <strong>{figure.value}</strong> <span>{figure.label}</span>
              </a>
              {figure.notes.map((note) => (
                <small key={note}>{note}</small>
              ))}
              <Since of={figure.key} reading={reading} />
            </li>
          ))}
        </ul>
      );
    case "table":
      return (
        <>
          <DataTable
            caption={piece.title}
            rows={piece.rows}
            rowKey={(_, at) => String(at)}
            {...(piece.foot ? { foot: piece.foot } : {})}
            columns={piece.head.map(({ label, number }, at) => ({
              key: String(at),
              label,
              number,
              header: at === 0,
              render: (row: string[]) => row[at],
            }))}
          />
          {piece.notes.map((note) => (
            <p key={note} class="hint">
              {note}
            </p>
          ))}
        </>
      );
    case "chart":
      return <ChartFigure piece={piece} svg={reading.drawings.get(piece) ?? null} />;
    case "photo":
      return (
        <figure>
          <img
            class="report-photo"
            src={reading.photoHref(piece.photo)}
            alt={piece.alternative}
            width={piece.width}
            height={piece.height}
            loading="lazy"
          />
          {piece.caption ? <figcaption>{piece.caption}</figcaption> : null}
        </figure>
      );
    case "names":
      return (
        <>
          {piece.level === 2 ? <h2>{piece.title}</h2> : <h3>{piece.title}</h3>}
          <ul class="report-names">
            {piece.names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      );
  }
}

function ChartFigure({ piece, svg }: { piece: ChartPiece; svg: string | null }) {
  const { title, text, head, rows } = piece;
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong> {text}
      </figcaption>
      {/* SVG made by `drawChart`, whose serializer escapes every text. */}
      {svg ? <div dangerouslySetInnerHTML={{ __html: svg }} /> : null}
      <details open={svg === null}>
        <summary>Les mêmes chiffres en tableau</summary>
        <DataTable
          caption={title}
          hideCaption
          rows={rows}
          rowKey={(_, at) => String(at)}
          columns={[
            { key: "label", label: head[0], header: true, render: (row) => row.label },
            { key: "value", label: head[1], number: true, render: (row) => row.shown },
          ]}
        />
      </details>
    </figure>
  );
}
