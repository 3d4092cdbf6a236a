// Draws all RW on one canvas, colours them by the chosen measure, and tells the panel which one was picked.
// Listens: "ksbb:panel" on document (the panel was replaced). Tells: "ksbb:pick" on document, detail { code }.
/* global L */

const frame = document.getElementById("peta");
if (frame && frame.dataset.rw && window.L) {
  start(frame).catch(() => fail(frame));
}

function fail(target) {
  const note = document.createElement("p");
  note.className = "map-failed";
  note.textContent = target.dataset.failed;
  target.append(note);
}

async function start(target) {
  const [west, south, east, north] = target.dataset.bounds.split(" ").map(Number);
  const home = L.latLngBounds([south, west], [north, east]);
  const names = new Map([...target.querySelectorAll("[data-city]")].map((one) => [one.dataset.city, one.textContent]));
  target.replaceChildren();
  const map = L.map(target, {
    preferCanvas: true, zoomControl: false, attributionControl: false, zoomSnap: 0.25, minZoom: 9, maxZoom: 17,
    maxBounds: home.pad(1.5),
  });
  L.control.zoom({
    position: "bottomright", zoomInTitle: target.dataset.zoomIn, zoomOutTitle: target.dataset.zoomOut,
  }).addTo(map);
  const asked = readView();
  if (asked) map.setView(asked.centre, asked.zoom); else map.fitBounds(home, roomForLegend());
  map.on("moveend", () => writeView(map));

  const [rw, cities] = await Promise.all([layerAt(target.dataset.rw), layerAt(target.dataset.cities)]);
  const shapes = drawRegions(map, rw);
  drawCities(map, cities, names);
  document.dispatchEvent(new CustomEvent("ksbb:outlines", { detail: rw }));

  const state = { figures: null, picked: "" };
  const show = async () => {
    const panel = document.getElementById("panel");
    state.figures = await figuresAt(panel.dataset.figures);
    state.picked = panel.dataset.picked;
    colour(shapes, state, target);
  };
  const look = () => {
    const { picked, scope } = document.getElementById("panel").dataset;
    const bounds = boundsOf(shapes, picked || scope);
    if (bounds && !(picked && map.getBounds().contains(bounds) && map.getZoom() >= 13)) {
      map.flyToBounds(bounds, { maxZoom: picked ? 15 : 16, duration: 0.4, ...roomForLegend() });
    }
  };
  document.addEventListener("ksbb:panel", () => { show().catch(() => fail(target)); look(); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => colour(shapes, state, target));
  for (const [code, shape] of shapes) {
    shape.on("click", () => document.dispatchEvent(new CustomEvent("ksbb:pick", { detail: { code } })));
    shape.bindTooltip(() => tip(code, state), { sticky: true, className: "map-said", direction: "top" });
  }
  await show();
  if (!asked) look();
}

async function layerAt(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return unpack(await answer.json());
}

// Rings are whole steps from the layer's origin; here they become [latitude, longitude] pairs.
function unpack(layer) {
  const [west, south] = layer.origin;
  const regions = new Map();
  layer.codes.forEach((code, at) => {
    regions.set(code, layer.rings[at].map((ring) => {
      const points = [];
      let x = 0;
      let y = 0;
      for (let i = 0; i < ring.length; i += 2) {
        x += ring[i];
        y += ring[i + 1];
        points.push([south + y * layer.step, west + x * layer.step]);
      }
      return points;
    }));
  });
  return regions;
}

async function figuresAt(address) {
  const language = document.documentElement.lang;
  const answer = await fetch(`${address}&bahasa=${language}`);
  if (!answer.ok) throw new Error(address);
  return answer.json();
}

function drawRegions(map, regions) {
  const canvas = L.canvas({ padding: 0.4, tolerance: 2 });
  const shapes = new Map();
  for (const [code, rings] of regions) {
    const shape = L.polygon(rings, { renderer: canvas, weight: 0.5, fillOpacity: 1, smoothFactor: 0.6, fillRule: "evenodd" });
    shapes.set(code, shape.addTo(map));
  }
  return shapes;
}

function drawCities(map, cities, names) {
  const ink = colourOf("map-city", "color");
  const above = map.createPane("cities");
  above.style.zIndex = "450";
  above.style.pointerEvents = "none";
  const canvas = L.canvas({ pane: "cities", padding: 0.4 });
  for (const [code, rings] of cities) {
    const outline = L.polygon(rings, {
      renderer: canvas, pane: "cities", fill: false, color: ink, weight: 1.1, opacity: 0.7, interactive: false,
    }).addTo(map);
    const label = document.createElement("span");
    label.textContent = names.get(code) || "";
    L.marker(outline.getBounds().getCenter(), {
      interactive: false, keyboard: false, icon: L.divIcon({ className: "map-city", html: label, iconSize: null }),
    }).addTo(map);
  }
}

function colour(shapes, state, target) {
  const { levels, ramp } = state.figures;
  const fills = [colourOf("k0", "backgroundColor")];
  for (let level = 1; level <= 5; level += 1) fills.push(colourOf(`${ramp}${level}`, "backgroundColor"));
  const line = getComputedStyle(target).getPropertyValue("--map-line").trim() || "#fff";
  const ink = colourOf("map-city", "color");
  for (const [code, shape] of shapes) {
    const picked = code === state.picked;
    shape.setStyle({ fillColor: fills[levels[code] || 0], color: picked ? ink : line, weight: picked ? 3 : 0.5 });
    if (picked) shape.bringToFront();
  }
}

// Colours are the style sheet's: an element of the class is asked for what it looks like.
function colourOf(name, property) {
  const probe = document.createElement("i");
  probe.className = name;
  probe.hidden = true;
  document.getElementById("peta").append(probe);
  const found = getComputedStyle(probe)[property];
  probe.remove();
  return found;
}

function tip(code, state) {
  const box = document.createElement("span");
  const name = document.createElement("b");
  name.textContent = `RW ${code.slice(-3).replace(/^0/, "")}`;
  const said = state.figures && state.figures.said[code];
  box.append(name, said ? ` ${said}` : "", ` · ${code}`);
  return box;
}

function boundsOf(shapes, code) {
  if (!code) return null;
  let bounds = null;
  for (const [one, shape] of shapes) {
    if (one === code || one.startsWith(`${code}.`)) {
      bounds = bounds ? bounds.extend(shape.getBounds()) : L.latLngBounds(shape.getBounds().getSouthWest(), shape.getBounds().getNorthEast());
    }
  }
  return bounds;
}

function roomForLegend() {
  return matchMedia("(min-width: 62rem)").matches ? { paddingTopLeft: [24, 24], paddingBottomRight: [24, 24] } : { padding: [8, 8] };
}

// The view stands behind the # of the address: zoom/latitude/longitude.
function readView() {
  const match = location.hash.match(/^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/);
  return match ? { zoom: Number(match[1]), centre: [Number(match[2]), Number(match[3])] } : null;
}

function writeView(map) {
  const { lat, lng } = map.getCenter();
  history.replaceState(null, "", `${location.pathname}${location.search}#${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
}
