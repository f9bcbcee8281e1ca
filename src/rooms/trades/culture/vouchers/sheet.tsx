// The voucher, as a page to show on a telephone or to print, and as a PDF.
import { renderPdf } from "../../../../core/documents/pdf.ts";
import { squareSvg } from "../../../../core/documents/square.ts";
import type { Answer } from "../../../../core/http/answer.ts";
import { Facts } from "../../../../ui/figures.tsx";
import { day, hour, plural } from "../../../../ui/words.ts";
import { sealOf, squareText } from "../door/seal.ts";
import { whereWords } from "./letters.ts";
import type { Voucher } from "./reads.ts";

const template = new URL("./voucher.typ", import.meta.url);
const squareLabel = "Carré à montrer à l’entrée ; le code dit la même chose";

export type Made = { voucher: Voucher; house: string; houseName: string; secret: string; publicUrl: string };

const squareOf = ({ voucher, house, secret, publicUrl }: Made): string =>
  squareText(
    publicUrl,
    voucher.code,
    sealOf(secret, house, { id: voucher.booking, date: voucher.date, code: voucher.code }),
  );

const whenWords = (one: Voucher): string => `${day(one.day)}${one.at ? `, à ${hour(one.at)}` : ""}`;
const whoWords = (one: Voucher): string =>
  [
    plural(one.people, "personne", "personnes"),
    one.companions > 0 ? plural(one.companions, "accompagnant", "accompagnants") : "",
  ]
    .filter(Boolean)
    .join(" et ");

const factsOf = (one: Voucher) =>
  [
    { label: "Quand", value: whenWords(one) },
    { label: "Où", value: whereWords(one) },
    { label: "Comment venir", value: one.wayThere || null },
    { label: "Pour", value: whoWords(one) },
    { label: "À votre arrivée", value: one.meeting || null },
    { label: "De quoi ça parle", value: one.about || null },
    { label: "Durée", value: one.minutes === null ? null : `${one.minutes} minutes` },
  ].filter(({ value }) => value !== null);

/** Whether the voucher opens a door still. */
export const isGood = (one: Voucher): boolean => one.state === "confirmed" && one.calledOff === null;

export const VoucherSheet = ({ made }: { made: Made }) => (
  <div class="voucher">
    <Facts facts={factsOf(made.voucher)} />
    <div class="square">
      {/* The picture is drawn by the house from a code of its own: nothing that anybody wrote is in it. */}
      <div dangerouslySetInnerHTML={{ __html: squareSvg(squareOf(made), squareLabel) }} />
      <p>
        Votre code
        <br />
        <strong class="code">{made.voucher.code}</strong>
      </p>
      <p>Dites ce code à l’entrée, ou montrez le carré.</p>
    </div>
  </div>
);

export async function voucherPdf(made: Made): Promise<Answer> {
  const one = made.voucher;
  const data = {
    house: made.houseName,
    title: one.title,
    day: one.day.split("-").map(Number),
    foot: `${made.houseName}. Billet ${one.code}.`,
    facts: factsOf(one),
    square: squareSvg(squareOf(made), ""),
    squareAlt: squareLabel,
    code: one.code,
    lines: [
      `Vous ne pouvez pas venir ? Dites-le à ${one.structure}${one.structurePhone ? `, ${one.structurePhone}` : ""}. Quelqu’un d’autre aura votre place.`,
    ],
  };
  return {
    kind: "file",
    stream: new Uint8Array(await renderPdf(template, data)),
    name: `billet-${one.code}.pdf`,
    type: "application/pdf",
    inline: true,
  };
}
