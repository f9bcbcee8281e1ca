// What the application and the command line may use of the box office.
export { recount, repairCounters } from "./bookings/recount.ts";
export { publishOffer } from "./offers/writes.ts";
export { setTarget } from "./projects/writes.ts";
