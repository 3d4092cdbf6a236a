// Names on the map: of cities from afar; of kelurahan, and the numbers of RW, from near and where there is room.
/* global L */

const VILLAGES_FROM = 12.75;
const NUMBERS_FROM = 14.25;

export function nameCities(map, outlines, names) {
  for (const [code, name] of names) {
    const bounds = outlines.bounds(code);
    if (!bounds) continue;
    const label = document.createElement("span");
    label.textContent = name;
    L.marker(L.latLngBounds(bounds).getCenter(), {
      interactive: false, keyboard: false, icon: L.divIcon({ className: "map-city", html: label, iconSize: null }),
    }).addTo(map);
  }
  const fit = () => map.getContainer().classList.toggle("is-near", map.getZoom() >= VILLAGES_FROM);
  map.on("zoomend", fit);
  fit();
}

// On a canvas whose coordinates are pixels. `dots`: the middles of RW are taken; `sites` are never written over.
export function paintNames(context, { ratio, zoom, point }, outlines, { villages, sites, dots, ink, paper, font }) {
  if (zoom < VILLAGES_FROM) return;
  const taken = sites.map((site) => {
    const [x, y] = point(...outlines.units(site.at));
    return [x - 9 * ratio, y - 9 * ratio, x + 9 * ratio, y + 9 * ratio];
  });
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5 * ratio;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  const put = (text, [x, y], height) => {
    const { width, height: end } = context.canvas;
    if (!text || x < 0 || y < 0 || x > width || y > end) return true;
    const half = context.measureText(text).width / 2;
    const box = [x - half, y - height, x + half, y + height];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return false;
    taken.push(box);
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
    return true;
  };
  context.font = `700 ${12.5 * ratio}px ${font}`;
  for (const [code, middle] of outlines.villages) {
    const [x, y] = point(...middle);
    [0, 18, -18].some((lower) => put(villages[code], [x, y + lower * ratio], 9 * ratio));
  }
  if (zoom < NUMBERS_FROM) return;
  context.font = `400 ${12 * ratio}px ${font}`;
  outlines.codes.forEach((code, at) => {
    const [x, y] = point(...outlines.middle(at));
    put(String(Number(code.slice(-3))).padStart(2, "0"), [x, y + (dots ? 18 : 0) * ratio], 8 * ratio);
  });
}
