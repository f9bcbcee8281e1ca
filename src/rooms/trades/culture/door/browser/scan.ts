// Reads a square with the camera: by the browser where it can, else by the decoder that comes with the page, so that it needs no network.
import decodeQR from "qr/decode.js";

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
type DetectorMaker = new (options: { formats: string[] }) => Detector;

/** Pixels of a side at which a frame is read: enough for a square at arm's length, light enough for a cheap telephone. */
const side = 480;
const every = 180;

export const canScan = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * Shows the camera in `place` until a square is read or `stop` is called.
 * @throws DOMException when the camera is refused or absent.
 */
export async function scan(place: HTMLElement, found: (text: string) => void): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  place.replaceChildren(video);
  place.hidden = false;
  await video.play();
  const Maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  const detector = Maker ? new Maker({ formats: ["qr_code"] }) : null;
  const canvas = document.createElement("canvas");
  let going = true;
  const stop = (): void => {
    going = false;
    for (const track of stream.getTracks()) track.stop();
    place.replaceChildren();
    place.hidden = true;
  };
  const look = async (): Promise<void> => {
    if (!going) return;
    const text = detector
      ? await detector.detect(video).then(
          ([first]) => first?.rawValue ?? null,
          () => null,
        )
      : readFrame(video, canvas);
    if (text && going) {
      stop();
      return found(text);
    }
    setTimeout(() => void look(), every);
  };
  void look();
  return stop;
}

/** The middle square of the picture; null: nothing to read in it. */
function readFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | null {
  const cut = Math.min(video.videoWidth, video.videoHeight);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (cut === 0 || !context) return null;
  canvas.width = side;
  canvas.height = side;
  context.drawImage(video, (video.videoWidth - cut) / 2, (video.videoHeight - cut) / 2, cut, cut, 0, 0, side, side);
  try {
    return decodeQR(context.getImageData(0, 0, side, side));
  } catch {
    return null;
  }
}
