// Fills in where the phone is, when somebody presses the button. Without this the report goes without a position.
const box = document.querySelector("[data-position]");
if (box && navigator.geolocation) {
  const status = box.querySelector("[role=status]");
  const button = box.querySelector("button");
  box.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = box.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById("id_latitude").value = coords.latitude.toFixed(6);
        document.getElementById("id_longitude").value = coords.longitude.toFixed(6);
        status.textContent = box.dataset.found.replace("%s", Math.round(coords.accuracy));
      },
      () => {
        status.textContent = box.dataset.refused;
      },
      { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
    );
  });
}
