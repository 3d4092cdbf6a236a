// "Dekat saya": finds the RW around the visitor on the visitor's own device. The position is sent nowhere.
// Listens: "ksbb:outlines" (detail: Map of code → rings of [latitude, longitude]). Tells: "ksbb:pick".

let regions = null;

document.addEventListener("ksbb:outlines", (event) => {
  regions = event.detail;
  offer();
});
document.addEventListener("ksbb:panel", offer);

function offer() {
  const button = document.getElementById("dekat");
  if (!button || !regions || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found(button, coords),
      () => say(button.dataset.refused),
      { maximumAge: 60000, timeout: 10000 },
    );
  });
}

function found(button, { latitude, longitude }) {
  for (const [code, rings] of regions) {
    if (rings.reduce((inside, ring) => inside !== crosses(ring, latitude, longitude), false)) {
      document.dispatchEvent(new CustomEvent("ksbb:pick", { detail: { code } }));
      return;
    }
  }
  say(button.dataset.outside);
}

// Even-odd: whether a line from the point to the east crosses the ring an odd number of times.
function crosses(ring, latitude, longitude) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [y1, x1] = ring[i];
    const [y2, x2] = ring[j];
    if (y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

function say(text) {
  document.getElementById("dekat-kabar").textContent = text;
}
