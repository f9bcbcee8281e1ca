// A text as it was typed: an empty line makes a paragraph, a line end stays one.
import { Fragment } from "preact";

export function TextOf({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/\n\s*\n/)
        .filter((part) => part.trim())
        .map((part, at) => (
          // Rendered once on the server: the index is as good a key as any.
          <p key={at}>
            {part.split("\n").map((line, turn) => (
              <Fragment key={turn}>
                {turn > 0 ? <br /> : null}
                {line}
              </Fragment>
            ))}
          </p>
        ))}
    </>
  );
}
