#!/usr/bin/env node
// Replays a draw from what its page publishes, and shares no code with the program: a file with the columns `demande;places;deja_servies`
// (and `retenue`, compared when there), the seed and the number of places. Usage: node scripts/replay-draw.mjs FILE.csv SEED PLACES
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const [file, seed, places] = process.argv.slice(2);
if (!file || !seed || !/^\d+$/.test(places ?? "")) {
  process.stderr.write("Utilisation : node scripts/replay-draw.mjs FICHIER.csv GRAINE PLACES\n");
  process.exit(64);
}
const [head, ...lines] = readFileSync(file, "utf8")
  .replace(/^\uFEFF/, "")
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(";"));
const at = (name) => head.indexOf(name);
const requests = lines.map((cells) => {
  const id = cells[at("demande")];
  const digest = createHash("sha256").update(`${seed}:${id}`).digest("hex");
  return {
    id,
    seats: Number(cells[at("places")]),
    score: BigInt(`0x${digest.slice(0, 12)}`) * (1n + BigInt(cells[at("deja_servies")])),
    said: at("retenue") < 0 ? null : cells[at("retenue")],
  };
});
requests.sort((a, b) => (a.score === b.score ? (a.id < b.id ? -1 : 1) : a.score < b.score ? -1 : 1));
let left = Number(places);
let different = 0;
for (const { id, seats, said } of requests) {
  const given = seats <= left ? "oui" : "non";
  if (given === "oui") left -= seats;
  if (said !== null && said !== given) different++;
  process.stdout.write(`${id};${given}\n`);
}
process.exitCode = different > 0 ? 1 : 0;
