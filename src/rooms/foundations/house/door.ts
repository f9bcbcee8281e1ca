// What other rooms and the application may use of the house.
export { accountsByIds } from "./accounts/reads.ts";
export { createAccount, inviteAccount, type NewAccount, type NewGrant } from "./accounts/writes.ts";
export { createHouse } from "./houses.ts";
export { type Opening, whoOpened } from "./journal/reads.ts";
export { rights as houseRights } from "./rights.ts";
export { SignInForm } from "./sign-in/pages.tsx";
export { sitesByName } from "./site-names.ts";
export { listSites, type Site, siteByNameOrAlias } from "./sites/reads.ts";
export { addSiteAlias } from "./sites/writes.ts";
export type { HouseTables } from "./tables.ts";
export { roleWords } from "./words.ts";
