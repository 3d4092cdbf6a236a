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

export function roomForLegend() {
  return matchMedia("(min-width: 62rem)").matches ? { padding: [24, 24] } : { padding: [8, 8] };
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
