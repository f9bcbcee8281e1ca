// What to ask every mounted route with.
import { accompanimentSamples } from "./accompaniment-samples.ts";
import { aroundSamples } from "./around-samples.ts";
import { contactSamples } from "./contact-samples.ts";
import { cultureSamples } from "./culture-samples.ts";
import { doorSamples } from "./door-samples.ts";
import { editionSamples } from "./edition-samples.ts";
import { fundingSamples } from "./funding-samples.ts";
import { houseSamples } from "./house-samples.ts";
import { kitSamples } from "./kit-samples.ts";
import { listSamples } from "./list-samples.ts";
import { meetingSamples } from "./meeting-samples.ts";
import { outpostSamples } from "./outpost-samples.ts";
import { partnerSamples } from "./partner-samples.ts";
import { portalSamples } from "./portal-samples.ts";
import { planSamples } from "./programme-samples.ts";
import { recordSamples } from "./record-samples.ts";
import { resourceSamples } from "./resource-samples.ts";
import { seasonSamples } from "./season-samples.ts";
import { stepSamples } from "./step-samples.ts";
import { voucherSamples } from "./voucher-samples.ts";

export const samples = {
  ...listSamples,
  ...houseSamples,
  ...recordSamples,
  ...partnerSamples,
  ...seasonSamples,
  ...resourceSamples,
  ...portalSamples,
  ...meetingSamples,
  ...contactSamples,
  ...stepSamples,
  ...fundingSamples,
  ...planSamples,
  ...accompanimentSamples,
  ...aroundSamples,
  ...cultureSamples,
  ...doorSamples,
  ...voucherSamples,
  ...outpostSamples,
  ...editionSamples,
  ...kitSamples,
};
