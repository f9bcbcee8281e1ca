// What the accounts of partner structures may do here of their own: held for their structure, and for nothing else.
import { declareRights } from "../../../../core/rights.ts";

export const portalRights = declareRights({
  "own-booking.make": {
    sentence: "réserver des sorties pour votre structure",
    roles: ["social-partner"],
    held: "structure",
  },
  "own-offer.publish": {
    sentence: "proposer des sorties au nom de votre lieu",
    roles: ["cultural-partner"],
    held: "structure",
  },
});
