// Draws all RW on one canvas, colours them by the chosen measure, and tells the panel which one was picked.
// Listens on document: "ksbb:panel" (the panel was replaced, detail { back }), "ksbb:here" (detail { latitude, longitude }).
// Tells: "ksbb:outlines" (detail: Outlines), "ksbb:pick" (detail { pilih } or { lembaga }).
/* global L */
import { Outlines, breath, json } from "./map-outlines.js";
import { RegionCanvas } from "./map-canvas.js";
import { colourOf, rampOf } from "./map-colours.js";
import { nameCities, paintNames } from "./map-names.js";
import { drawSite } from "./map-sites.js";
import { drawnCorners, finishDrawing, paintArea, paintCorners, takeCorner } from "./map-draw.js";
import { calm, readView, roomForLegend, showPart, writeView } from "./map-view.js";

// How many regions are painted before the browser may do something else.
const IN_A_STEP = 400;
const NO_FIGURES = { levels: {}, said: {}, ramp: "k", sites: [], villages: {} };
const frame = document.getElementById("peta");
if (frame && frame.dataset.rw && window.L) startMap(frame).catch(() => fail(frame));

function fail(target) {
  const note = document.createElement("p");
  note.className = "map-failed";
  note.setAttribute("role", "status");
  note.textContent = target.dataset.failed;
  target.append(note);
}

async function startMap(target) {
  const names = new Map([...target.querySelectorAll("[data-city]")].map((one) => [one.dataset.city, one.textContent]));
  const wanted = [json(target.dataset.rw), ...panelData()];
  target.replaceChildren();
  await breath();
  const map = makeMap(target);
  const asked = readView();
  const home = homeOf(target);
  if (asked) map.setView(asked.centre, asked.zoom); else map.fitBounds(home, roomForLegend());

  const [layer, figures, context] = await Promise.all(wanted);
  const outlines = await Outlines.from(layer);
  const state = { figures, context, ...picked() };
  const canvas = new RegionCanvas(outlines, (context, view) => paintAll(context, view, outlines, state));
  const refresh = () => { sortIntoPaths(outlines, state, target); canvas.repaint(); };
  sortIntoPaths(outlines, state, target);
  await breath();
  // In the frame after next the picture is on the screen.
  canvas.once("shown", () => requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("ksbb:drawn"))));
  canvas.addTo(map);
  nameCities(map, outlines, names);
  if (!asked) look(map, outlines, state);
  showPart(map);
  map.on("moveend", () => {
    writeView(map);
    showPart(map);
  });
  hear(map, outlines, state, target);

  document.addEventListener("ksbb:panel", async (event) => {
    Object.assign(state, picked());
    const view = event.detail.back && readView();
    if (view) map.setView(view.centre, view.zoom); else look(map, outlines, state);
    refresh();
    try {
      [state.figures, state.context] = await Promise.all(panelData());
      refresh();
    } catch {
      fail(target);
    }
  });
  document.addEventListener("ksbb:here", ({ detail }) => showHere(map, detail));
  document.addEventListener("ksbb:drawing", ({ detail }) => {
    target.classList.toggle("is-drawing", detail);
    map.doubleClickZoom[detail ? "disable" : "enable"]();
    canvas.repaint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
  onPaper(map, home, refresh);
  document.dispatchEvent(new CustomEvent("ksbb:outlines", { detail: outlines }));
}

// Paper is light and narrow, whatever the screen is; all of the land that was seen is to be on it.
function onPaper(map, home, refresh) {
  let before = null;
  matchMedia("print").addEventListener("change", ({ matches }) => {
    if (matches) before = { bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom() };
    map.invalidateSize({ animate: false });
    if (matches) map.fitBounds(shared(before.bounds, home) || before.bounds, { animate: false });
    else if (before) map.setView(before.centre, before.zoom, { animate: false });
    refresh();
  });
}

function shared(one, other) {
  if (!one.overlaps(other)) return null;
  return L.latLngBounds(
    [Math.max(one.getSouth(), other.getSouth()), Math.max(one.getWest(), other.getWest())],
    [Math.min(one.getNorth(), other.getNorth()), Math.min(one.getEast(), other.getEast())],
  );
}

function panelData() {
  const { figures, context } = document.getElementById("panel").dataset;
  return [json(figures), context ? json(context) : null];
}

function picked() {
  const { picked: code, scope, site, area } = document.getElementById("panel").dataset;
  return { picked: code, scope, site: Number(site) || 0, area: cornersIn(area) };
}

// "-6.1_106.8_…" as latitudes and longitudes.
function cornersIn(text) {
  const degrees = text ? text.split("_").map(Number) : [];
  return degrees.flatMap((latitude, at) => (at % 2 ? [] : [[latitude, degrees[at + 1]]]));
}

function homeOf(target) {
  const [west, south, east, north] = target.dataset.bounds.split(" ").map(Number);
  return L.latLngBounds([south, west], [north, east]);
}

function makeMap(target) {
  const map = L.map(target, {
    zoomControl: false, attributionControl: false, zoomSnap: 0.25, minZoom: 9, maxZoom: 17,
    maxBounds: homeOf(target).pad(1.5), fadeAnimation: !calm(), zoomAnimation: !calm(), inertia: !calm(),
  });
  L.control.zoom({
    position: "bottomright", zoomInTitle: target.dataset.zoomIn, zoomOutTitle: target.dataset.zoomOut,
  }).addTo(map);
  if (target.dataset.tiles) L.tileLayer(target.dataset.tiles, { maxZoom: 19 }).addTo(map);
  return map;
}

// Regions of one colour are few paths: some fills paint them all.
function sortIntoPaths(outlines, state, target) {
  const { levels, ramp } = state.figures || NO_FIGURES;
  const shown = state.context ? (code) => inherited(state.context.levels, code) : (code) => levels[code] || 0;
  const sorted = [[], [], [], [], [], []];
  for (const code of outlines.codes) sorted[shown(code)].push(code);
  state.sorted = sorted.map((codes) => outlines.positions(codes));
  state.paths = new Map();
  state.fills = rampOf(state.context ? "b" : ramp);
  state.marks = rampOf(ramp);
  state.ink = colourOf("map-city", "color");
  const style = getComputedStyle(target);
  state.line = style.getPropertyValue("--map-line").trim() || "#fff";
  state.paper = style.getPropertyValue("--paper").trim() || "#fff";
  state.font = style.fontFamily;
  state.veil = target.dataset.tiles ? 0.72 : 1;
}

// A context layer may know villages or cities only; an RW has the value of what it lies in.
function inherited(levels, code) {
  let part = code;
  while (part) {
    if (part in levels) return levels[part];
    part = part.slice(0, Math.max(0, part.lastIndexOf(".")));
  }
  return 0;
}

// The regions of one class as few paths, in the detail that is looked at.
function pathsOf(detail, level, state) {
  if (!state.paths.has(detail)) state.paths.set(detail, []);
  const made = state.paths.get(detail);
  made[level] ??= parted(state.sorted[level]).map((positions) => ({ positions, path: null }));
  return made[level];
}

function parted(positions) {
  const parts = [];
  for (let from = 0; from < positions.length; from += IN_A_STEP) parts.push(positions.slice(from, from + IN_A_STEP));
  return parts;
}

// In steps: some for each class, and one for each kind of line.
function* paintAll(context, view, outlines, state) {
  const thin = 1 / view.scale;
  const detail = outlines.detail(view.zoom);
  for (const level of state.sorted.keys()) {
    for (const part of pathsOf(detail, level, state)) {
      part.path ??= detail.area(part.positions);
      context.globalAlpha = level || state.veil === 1 ? state.veil : 0.3;
      context.fillStyle = state.fills[level];
      context.fill(part.path, "evenodd");
      yield;
    }
  }
  context.globalAlpha = 1;
  context.lineJoin = "round";
  const light = (depth) => stroke(context, detail.lines(depth), state.line, (view.zoom < 12 ? 0.5 : 0.9) * thin);
  const dark = (depth, width, alpha) => stroke(context, detail.lines(depth), state.ink, width * thin, alpha);
  light(4);
  yield;
  if (view.zoom < 11.5) light(3); else dark(3, 0.6, 0.45);
  if (view.zoom < 11) light(2); else dark(2, 0.8, 0.5);
  yield;
  dark(1, 1.2, 0.75);
  if (state.picked) stroke(context, detail.area(outlines.positions([state.picked])), state.ink, 3 * thin);
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (state.context) paintDots(context, view, outlines, state);
  paintNames(context, view, outlines, {
    villages: state.figures.villages, sites: state.figures.sites, dots: Boolean(state.context), ...state,
  });
  paintSites(context, view, outlines, state);
  paintArea(context, view, outlines, drawnCorners() || state.area, state.ink);
  paintCorners(context, view, outlines, state);
}

function stroke(context, path, colour, width, alpha = 1) {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
  context.globalAlpha = 1;
}

// Over a context layer the measure is a dot, larger for a higher class.
function paintDots(context, { ratio, zoom, point }, outlines, state) {
  const grown = zoom < 12 ? 1 : 1.6;
  for (const [code, level] of Object.entries(state.figures.levels)) {
    const at = outlines.index.get(code);
    if (at === undefined || !level) continue;
    const [x, y] = point(...outlines.middle(at));
    context.beginPath();
    context.arc(x, y, (1.4 + level * 0.9) * grown * ratio, 0, 2 * Math.PI);
    context.fillStyle = state.marks[level];
    context.fill();
    context.lineWidth = ratio;
    context.strokeStyle = state.ink;
    context.stroke();
  }
}

function paintSites(context, { ratio, zoom, point }, outlines, state) {
  const size = (zoom < 11.5 ? 4 : zoom < 13.5 ? 6 : 8) * ratio;
  for (const site of state.figures.sites) {
    const chosen = site.id === state.site;
    drawSite(context, site.mark, point(...outlines.units(site.at)), chosen ? size * 1.5 : size, {
      fill: site.on ? state.marks[4] : state.paper, ink: state.ink, paper: state.paper, width: (chosen ? 2.5 : 1.25) * ratio,
    });
  }
}

// Pointer and keys: what lies under them is said in a label, and picked by a click or by Enter.
function hear(map, outlines, state, target) {
  const label = L.tooltip({ className: "map-said", direction: "top", offset: [0, -8] });
  const under = (latlng) => siteNear(map, state, latlng) || outlines.at(latlng.lat, latlng.lng);
  map.on("mousemove", ({ latlng }) => {
    if (map.dragging.moving()) return;
    const found = under(latlng);
    target.classList.toggle("is-over", Boolean(found));
    if (!found) label.remove(); else label.setContent(words(found, state)).setLatLng(latlng).addTo(map);
  });
  map.on("mouseout movestart", () => label.remove());
  const pick = (latlng) => {
    if (drawnCorners()) {
      if (closes(map, latlng)) finishDrawing(); else takeCorner(latlng);
      return;
    }
    const found = under(latlng);
    const detail = found && (found.id ? { lembaga: found.id } : { pilih: found });
    if (detail) document.dispatchEvent(new CustomEvent("ksbb:pick", { detail }));
  };
  map.on("click", ({ latlng }) => pick(latlng));
  // Whoever moves the map by keys sees and hears what lies in its middle, which is what Enter picks.
  const middle = () => {
    const found = target.matches(":focus-visible") && under(map.getCenter());
    if (!found) {
      label.remove();
      return;
    }
    const said = words(found, state);
    label.setContent(said).setLatLng(map.getCenter()).addTo(map);
    document.getElementById("kabar").textContent = said.textContent;
  };
  map.on("moveend", middle);
  target.addEventListener("focus", middle);
  target.addEventListener("blur", () => label.remove());
  target.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === target) pick(map.getCenter());
  });
}

function siteNear(map, state, latlng) {
  return state.figures.sites.find((site) => touches(map, site.at, latlng));
}

// The first corner once more: the area is done.
function closes(map, latlng) {
  const corners = drawnCorners();
  return corners.length > 2 && touches(map, corners[0], latlng);
}

function touches(map, at, latlng) {
  const reach = matchMedia("(pointer: coarse)").matches ? 18 : 9;
  return map.latLngToContainerPoint(at).distanceTo(map.latLngToContainerPoint(latlng)) <= reach;
}

function words(found, state) {
  const box = document.createElement("span");
  const name = document.createElement("b");
  const { villages, said } = state.figures;
  if (found.id) {
    name.textContent = found.name;
    box.append(name, ` ${found.said}`);
    return box;
  }
  name.textContent = `RW ${found.slice(-3).replace(/^0/, "")} ${villages[found.slice(0, -4)] || ""}`;
  const nothing = document.querySelector("#keterangan .k0 span");
  const figure = said[found] || (nothing ? nothing.textContent : "");
  box.append(name, figure ? ` ${figure}` : "", ` · ${found}`);
  const around = state.context && inherited(state.context.said, found);
  if (around) box.append(document.createElement("br"), `${state.context.title}: ${around}`);
  return box;
}

// To the picked RW or the region of the list, unless the picked one is in view already.
function look(map, outlines, state) {
  const place = state.figures && state.figures.sites.find((site) => site.id === state.site);
  const within = state.picked || state.scope;
  const bounds = place ? [place.at, place.at] : state.area.length && !state.picked ? state.area : outlines.bounds(within);
  if (!bounds) return;
  if ((state.picked || place) && map.getZoom() >= 13 && map.getBounds().contains(bounds)) return;
  map.flyToBounds(bounds, { maxZoom: state.picked || place ? 15 : 16, duration: 0.4, animate: !calm(), ...roomForLegend() });
}

let here = null;

function showHere(map, { latitude, longitude }) {
  here?.remove();
  here = L.marker([latitude, longitude], {
    interactive: false, keyboard: false, icon: L.divIcon({ className: "map-here", iconSize: [18, 18] }),
  }).addTo(map);
}
