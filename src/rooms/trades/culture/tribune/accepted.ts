// What the form of a picture offers to choose; what is sent is read all the same.
import { documentKinds } from "../../../../core/files/documents.ts";

export const acceptedPictures = [documentKinds.jpeg, documentKinds.png].map(({ type }) => type).join(",");
