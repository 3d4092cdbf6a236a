// "Gambar daerah": corners are set by taps and clicks, or by Enter in the middle of the map; what they enclose goes into
// the address. Listens on document: "ksbb:outlines", "ksbb:panel". Tells: "ksbb:drawing", "ksbb:pick" (detail { daerah }).

const MOST_CORNERS = 40;
// Latitudes and longitudes; null while nobody draws.
let corners = null;
let drawable = false;

document.addEventListener("ksbb:outlines", () => {
  drawable = true;
  offerDrawing();
});
document.addEventListener("ksbb:panel", offerDrawing);

const tools = document.getElementById("menggambar");
tools?.addEventListener("click", ({ target }) => {
  const act = target.closest("button")?.dataset.act;
  if (act === "done") finishDrawing();
  if (act === "back") undoCorner();
  if (act === "stop") stopDrawing();
});
document.addEventListener("keydown", (event) => {
  if (!corners || event.defaultPrevented) return;
  if (event.key === "Escape") stopDrawing();
  if (event.key === "Backspace" && event.target.id === "peta") {
    event.preventDefault();
    undoCorner();
  }
});

export const drawnCorners = () => corners;

export function takeCorner({ lat, lng }) {
  if (corners.length < MOST_CORNERS) corners.push([lat, lng]);
  tellDrawing();
}

export function finishDrawing() {
  if (corners.length < 3) return;
  const daerah = corners.flat().map((degrees) => degrees.toFixed(4)).join("_");
  stopDrawing();
  document.dispatchEvent(new CustomEvent("ksbb:pick", { detail: { daerah } }));
}

// The area as a line from corner to corner, filled once it encloses something.
export function paintArea(context, { ratio, point }, outlines, area, colour) {
  if (!area.length) return;
  context.beginPath();
  for (const corner of area) context.lineTo(...point(...outlines.units(corner)));
  context.closePath();
  context.globalAlpha = 0.12;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 2.5 * ratio;
  context.setLineDash([8 * ratio, 5 * ratio]);
  context.stroke();
  context.setLineDash([]);
}

export function paintCorners(context, { ratio, point }, outlines, { paper, ink }) {
  for (const corner of corners || []) {
    context.beginPath();
    context.arc(...point(...outlines.units(corner)), 5 * ratio, 0, 2 * Math.PI);
    context.fillStyle = paper;
    context.fill();
    context.lineWidth = 2 * ratio;
    context.strokeStyle = ink;
    context.stroke();
  }
}

function offerDrawing() {
  const button = document.getElementById("gambar");
  if (!button || !drawable) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    corners = [];
    tellDrawing();
    const map = document.getElementById("peta");
    map.scrollIntoView({ block: "nearest" });
    map.focus({ preventScroll: true });
  });
}

function undoCorner() {
  corners.pop();
  tellDrawing();
}

function stopDrawing() {
  corners = null;
  tellDrawing();
  document.getElementById("gambar")?.focus({ preventScroll: true });
}

function tellDrawing() {
  const count = corners ? corners.length : 0;
  const { none, some } = tools.dataset;
  tools.hidden = !corners;
  tools.querySelector("[role=status]").textContent = count ? some.replace("%s", count) : none;
  tools.querySelector("[data-act=done]").disabled = count < 3;
  tools.querySelector("[data-act=back]").disabled = !count;
  document.dispatchEvent(new CustomEvent("ksbb:drawing", { detail: Boolean(corners) }));
}
