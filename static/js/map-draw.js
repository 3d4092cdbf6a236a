// "Gambar daerah": corners are set by taps and clicks, or by Enter in the middle of the map; what they enclose goes into
// the address. Listens on document: "ksbb:outlines", "ksbb:panel". Tells: "ksbb:drawing", "ksbb:pick" (detail { daerah }).

const MOST_CORNERS = 40;
// Latitudes and longitudes; null while nobody draws.
let setCorners = null;
let mayDraw = false;

document.addEventListener("ksbb:outlines", () => {
  mayDraw = true;
  offerDrawing();
});
document.addEventListener("ksbb:panel", offerDrawing);

const drawTools = document.getElementById("menggambar");
drawTools?.addEventListener("click", ({ target }) => {
  const act = target.closest("button")?.dataset.act;
  if (act === "done") finishDrawing();
  if (act === "back") undoCorner();
  if (act === "stop") stopDrawing();
});
document.addEventListener("keydown", (event) => {
  if (!setCorners || event.defaultPrevented) return;
  if (event.key === "Escape") stopDrawing();
  if (event.key === "Backspace" && event.target.id === "peta") {
    event.preventDefault();
    undoCorner();
  }
});

export const drawnCorners = () => setCorners;

export function takeCorner({ lat, lng }) {
  if (setCorners.length < MOST_CORNERS) setCorners.push([lat, lng]);
  tellDrawing();
}

export function finishDrawing() {
  if (setCorners.length < 3) return;
  const daerah = setCorners.flat().map((degrees) => degrees.toFixed(4)).join("_");
  stopDrawing();
  document.dispatchEvent(new CustomEvent("ksbb:pick", { detail: { daerah } }));
}

// The area as a line from corner to corner, filled once it encloses something.
export function paintArea(context, { ratio, point }, outlines, area, colour) {
  if (!area.length) return;
  context.beginPath();
  for (const corner of area) context.lineTo(...point(...outlines.units(corner)));
  context.closePath();
  context.globalAlpha = 0.07;
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
  for (const corner of setCorners || []) {
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
  if (!button || !mayDraw) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    setCorners = [];
    tellDrawing();
    const map = document.getElementById("peta");
    map.focus({ preventScroll: true });
    // On a phone the tools stand above the map: both are to be seen.
    for (const part of [map, drawTools]) part.scrollIntoView({ block: "nearest" });
  });
}

function undoCorner() {
  setCorners.pop();
  tellDrawing();
}

function stopDrawing() {
  setCorners = null;
  tellDrawing();
  document.getElementById("gambar")?.focus({ preventScroll: true });
}

function tellDrawing() {
  const count = setCorners ? setCorners.length : 0;
  const { none, some } = drawTools.dataset;
  drawTools.hidden = !setCorners;
  drawTools.querySelector("[role=status]").textContent = count ? some.replace("%s", count) : none;
  drawTools.querySelector("[data-act=done]").disabled = count < 3;
  drawTools.querySelector("[data-act=back]").disabled = !count;
  document.dispatchEvent(new CustomEvent("ksbb:drawing", { detail: Boolean(setCorners) }));
}
