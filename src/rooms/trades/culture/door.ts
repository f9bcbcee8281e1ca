// What the application may use of the box office.
export { publishOffer } from "./portal/publishing.ts";
