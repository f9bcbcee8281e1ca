// How many parts a short message is cut into, which is what it costs. 3GPP TS 23.038: the default alphabet of 7-bit signs (GSM-7), some of
// which take two; any sign outside of it turns the whole text into UCS-2. A part holds 160 or 70 units alone, 153 or 67 among several.

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const doubled = new Set("^{}\\[~]|€\f");

/** French typography in signs of the default alphabet. */
const plainer: Readonly<Record<string, string>> = {
  "\u2019": "'",
  "\u2018": "'",
  "\u201C": '"',
  "\u201D": '"',
  "«": '"',
  "»": '"',
  "\u2013": "-",
  "\u2014": "-",
  "\u2026": "...",
  "\u00A0": " ",
  "\u202F": " ",
  œ: "oe",
  Œ: "OE",
};

/**
 * The text in the default alphabet where it can be said in it: "ça vous plaît" becomes "ca vous plait", which costs half. An "é" stays. A
 * text in another script is left as it is.
 */
export function plainText(text: string): string {
  const plain = Array.from(text.normalize("NFC"), (sign) => {
    if (basic.has(sign) || doubled.has(sign)) return sign;
    const simple = plainer[sign] ?? sign.normalize("NFD").replace(/\p{M}/gu, "");
    return Array.from(simple).every((one) => basic.has(one)) ? simple : sign;
  }).join("");
  return alphabetOf(plain) === "GSM-7" ? plain : text.normalize("NFC");
}

const alphabetOf = (text: string): "GSM-7" | "UCS-2" =>
  Array.from(text).every((sign) => basic.has(sign) || doubled.has(sign)) ? "GSM-7" : "UCS-2";

/** The parts of a text. A sign of two units is never cut in two. */
export function smsParts(text: string): { alphabet: "GSM-7" | "UCS-2"; parts: number } {
  const alphabet = alphabetOf(text);
  const [alone, among] = alphabet === "GSM-7" ? [160, 153] : [70, 67];
  const sizes = Array.from(text, (sign) => (alphabet === "UCS-2" ? sign.length : doubled.has(sign) ? 2 : 1));
  if (sizes.reduce((sum, size) => sum + size, 0) <= alone) return { alphabet, parts: 1 };
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > among) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return { alphabet, parts };
}
