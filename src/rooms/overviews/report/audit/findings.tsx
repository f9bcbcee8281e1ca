// What the rules found, as a table.
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { ruleTitle } from "./audit.ts";
import type { Finding } from "./stated.ts";

/** What the rules found, contradictions first: the same table for a file and for an edition. */
export function Findings({
  findings,
  caption,
  pages,
}: {
  findings: readonly Finding[];
  caption: string;
  /** The pages of figures, by their codes, where they have one. */
  pages?: ReadonlyMap<string, string>;
}) {
  return (
    <DataTable
      caption={caption}
      rows={findings}
      rowKey={(_, at) => String(at)}
      empty={
        <p>Rien ne se contredit. Ce que les nombres ne disent pas (un nom oublié, une définition) reste à relire.</p>
      }
      columns={[
        {
          key: "weight",
          label: "Gravité",
          header: true,
          render: (one) => (one.weight === "doubt" ? "À vérifier" : "Contradiction"),
        },
        { key: "rule", label: "Règle", render: (one) => ruleTitle(one.rule) },
        { key: "sentence", label: "Ce qui ne va pas", render: (one) => one.sentence },
        {
          key: "accused",
          label: "Chiffres",
          render: (one) => (
            <>
              {one.accused.map((code, at) => (
                <>
                  {at > 0 ? ", " : ""}
                  {pages?.has(code) ? <Link href={pages.get(code) ?? ""}>{code}</Link> : code}
                </>
              ))}
            </>
          ),
        },
      ]}
    />
  );
}
