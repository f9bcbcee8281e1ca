// Pictures on a page: whole for who moderates or sent them, folded for strangers, so that nobody pays for what they did not ask to see.
import { TextField } from "../../../../ui/fields.tsx";
import { size } from "../../../../ui/words.ts";
import { acceptedPictures } from "./accepted.ts";
import { mostMegabytes, mostPictures, type PictureLine } from "./pictures.ts";

const Shown = ({ picture, at }: { picture: PictureLine; at: string }) => (
  <img
    class="picture"
    src={`${at}/${picture.id}`}
    alt={picture.words || "Image qui n’est pas encore décrite"}
    width={picture.width}
    height={picture.height}
    loading="lazy"
    decoding="async"
  />
);

/** `at`: where their bytes are. */
export function Pictures({
  pictures,
  at,
  folded = false,
}: {
  pictures: readonly PictureLine[];
  at: string;
  folded?: boolean;
}) {
  return (
    <>
      {pictures.map((picture) =>
        folded ? (
          <details key={picture.id}>
            <summary>
              Image : {picture.words} ({size(picture.bytes)})
            </summary>
            <Shown picture={picture} at={at} />
          </details>
        ) : (
          <Shown key={picture.id} picture={picture} at={at} />
        ),
      )}
    </>
  );
}

/** Pictures with their words to write and a way to erase each, and the form that joins one more. `here`: where these forms go. */
export function PictureForms({
  here,
  pictures,
  typed = {},
  mistakes = {},
}: {
  here: string;
  pictures: readonly PictureLine[];
  /** What was typed for the picture `image`. */
  typed?: Readonly<Record<string, string>>;
  mistakes?: Readonly<Record<string, string>>;
}) {
  return (
    <section id="images">
      {pictures.map((picture, turn) => {
        const wrong = typed.image === picture.id;
        return (
          <div key={picture.id} class="picture-of">
            <Shown picture={picture} at={`${here}/images`} />
            <form method="post" action={`${here}/description`}>
              <input type="hidden" name="image" value={picture.id} />
              <TextField
                name="mots"
                id={`mots-${turn + 1}`}
                label={`Ce que montre l’image ${turn + 1}, pour qui ne la voit pas`}
                maxlength={300}
                value={wrong ? typed.mots : picture.words}
                error={wrong ? mistakes.mots : undefined}
              />
              <button type="submit">Enregistrer la description</button>
            </form>
            <form method="post" action={`${here}/effacement`}>
              <input type="hidden" name="image" value={picture.id} />
              <button type="submit" class="second">
                Effacer l’image {turn + 1}
              </button>
            </form>
          </div>
        );
      })}
      {pictures.length < mostPictures ? (
        <form method="post" action={`${here}/images`} encType="multipart/form-data">
          <div class="field">
            <label for="image">{pictures.length === 0 ? "Une image" : "Une autre image"}</label>
            <p class="hint" id="image-aide">
              Un dessin ou une photo, JPEG ou PNG, {mostMegabytes}
              {"\u00a0"}Mo au plus. Le lieu, le moment et l’appareil de la photo en sont effacés.
            </p>
            <input
              id="image"
              type="file"
              name="image"
              accept={acceptedPictures}
              required
              aria-describedby="image-aide"
            />
          </div>
          <button type="submit">Joindre l’image</button>
        </form>
      ) : null}
    </section>
  );
}
