// Where the map looks. It stands behind the # of the address, as zoom/latitude/longitude, so that a link keeps it.

export function readView() {
  const match = location.hash.match(/^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/);
  if (!match) return null;
  const [zoom, latitude, longitude] = match.slice(1).map(Number);
  return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 ? { zoom, centre: [latitude, longitude] } : null;
}

export function writeView(map) {
  const { lat, lng } = map.getCenter();
  const zoom = Math.round(map.getZoom() * 100) / 100;
  history.replaceState(history.state, "", `${location.pathname}${location.search}#${zoom}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
}

// The link to the needs that lie in the part of the map that is seen; it stands in the panel, which is replaced.
let part = "";
document.addEventListener("ksbb:panel", leadToPart);

export function showPart(map) {
  const edges = map.getBounds();
  part = [edges.getWest(), edges.getSouth(), edges.getEast(), edges.getNorth()].map((edge) => edge.toFixed(4)).join(",");
  leadToPart();
}

function leadToPart() {
  const link = document.getElementById("bagian-peta");
  if (!link || !part) return;
  const url = new URL(link.href);
  url.searchParams.set("kotak", part);
  link.href = url.href;
  link.hidden = false;
}

// How much of the map's frame to leave free: where the legend lies on it, its width, unless it is low.
export function roomForLegend() {
  const legend = document.getElementById("keterangan");
  const frame = document.getElementById("peta");
  if (!matchMedia("(min-width: 62rem)").matches) return { padding: [8, 8] };
  const covers = legend && legend.offsetHeight > frame.offsetHeight / 2 && frame.offsetWidth > legend.offsetWidth * 2;
  return { paddingTopLeft: [covers ? legend.offsetWidth + 24 : 24, 24], paddingBottomRight: [24, 24] };
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
