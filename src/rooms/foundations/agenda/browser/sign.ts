// The box to sign in: what finger, pen or mouse draws becomes the path that the form sends.
const pad = document.querySelector<HTMLElement>("[data-sign]");
const svg = pad?.querySelector("svg");
const path = svg?.querySelector("path");
const field = pad?.querySelector<HTMLInputElement>("input[name=trait]");
const most = 19_000;

if (pad && svg && path && field) {
  pad.hidden = false;
  let drawn = field.value;
  let stroke = "";
  let last = "";
  const show = (): void => path.setAttribute("d", drawn + stroke);
  const at = (event: PointerEvent): string => {
    const { left, top, width, height } = svg.getBoundingClientRect();
    const x = Math.round(Math.min(Math.max((event.clientX - left) / width, 0), 1) * 600);
    const y = Math.round(Math.min(Math.max((event.clientY - top) / height, 0), 1) * 200);
    return `${x} ${y}`;
  };
  const end = (): void => {
    // A dot is a stroke of no length.
    if (stroke !== "") drawn += stroke.includes("L") ? stroke : `${stroke}L${last}`;
    stroke = "";
    field.value = drawn;
    show();
  };
  svg.addEventListener("pointerdown", (event) => {
    if (drawn.length > most) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    last = at(event);
    stroke = `M${last}`;
  });
  svg.addEventListener("pointermove", (event) => {
    if (stroke === "" || drawn.length + stroke.length > most) return;
    const point = at(event);
    if (point === last) return;
    last = point;
    stroke += `L${point}`;
    show();
  });
  for (const over of ["pointerup", "pointercancel"] as const) svg.addEventListener(over, end);
  pad.querySelector("button")?.addEventListener("click", () => {
    drawn = "";
    stroke = "";
    end();
  });
}

export {};
