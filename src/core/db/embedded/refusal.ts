/** The embedded database cannot be used: one French sentence for the one who starts the program. */
export class EmbeddedRefusal extends Error {}
