// "Dekat saya": finds the RW around the visitor on the visitor's own device. The position is sent nowhere.
// Listens: "ksbb:outlines" (detail: Outlines), "ksbb:panel". Tells: "ksbb:pick" and "ksbb:here".

let known = null;

document.addEventListener("ksbb:outlines", (event) => {
  known = event.detail;
  offer();
});
document.addEventListener("ksbb:panel", offer);

function offer() {
  const button = document.getElementById("dekat");
  if (!button || !known || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    say(button.dataset.asking);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found(button, coords),
      () => say(button.dataset.refused),
      { maximumAge: 60000, timeout: 10000 },
    );
  });
}

function found(button, { latitude, longitude }) {
  const code = known.at(latitude, longitude);
  if (!code) {
    say(button.dataset.outside);
    return;
  }
  document.dispatchEvent(new CustomEvent("ksbb:here", { detail: { latitude, longitude } }));
  document.dispatchEvent(new CustomEvent("ksbb:pick", { detail: { pilih: code } }));
}

function say(text) {
  document.getElementById("dekat-kabar").textContent = text;
}
