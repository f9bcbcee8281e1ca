// What other rooms and the application may use of the house.
export { accountsWith } from "./accounts/with-role.ts";
export { createAccount, inviteAccount } from "./accounts/writes.ts";
export { createHouse } from "./houses.ts";
export { SignInForm } from "./sign-in/pages.tsx";
export { comparableSite, sitesByName } from "./site-names.ts";
export { listSites } from "./sites/reads.ts";
export { addSiteAlias } from "./sites/writes.ts";
export { roleWords } from "./words.ts";
