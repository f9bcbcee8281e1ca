// What other rooms and the application may use of the house.
export { accountsWith } from "./accounts/with-role.ts";
export { createAccount, endGrant, giveRoles, inviteAccount, makeLink, spendLinks } from "./accounts/writes.ts";
export { createHouse } from "./houses.ts";
export { takeAttempt } from "./sign-in/limits.ts";
export { SignInForm } from "./sign-in/pages.tsx";
export { partnerCandidatesFor } from "./sign-in/reads.ts";
export { fromOf, tooMany } from "./sign-in/routes.tsx";
export { asSigningIn, endSessions, openSession } from "./sign-in/writes.ts";
export { comparableSite, sitesByName } from "./site-names.ts";
export { listSites } from "./sites/reads.ts";
export { addSiteAlias } from "./sites/writes.ts";
export { roleWords } from "./words.ts";
