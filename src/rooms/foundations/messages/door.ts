// What other rooms may use of messages.
export { byLink, endLinks, makeLink, spendLink } from "./links.ts";
export { sentMessages } from "./reads.ts";
export { linkMark } from "./rules.ts";
export { cancelKeyed, cancelLeft, cancelMessages, queueMessage, queueMessages } from "./writes.ts";
