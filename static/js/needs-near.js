// "Dekat saya" in the list of needs: asks the browser where one is, and the list for the nearest first. The position is
// rounded to about a hundred metres before it is sent, and stands only in the address.
const line = document.querySelector("[data-near]");
if (line && navigator.geolocation) {
  const button = line.querySelector("button");
  const status = line.querySelector("[role=status]");
  line.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const url = new URL(location.href);
        url.searchParams.set("titik", `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`);
        url.searchParams.delete("urut");
        url.searchParams.delete("hal");
        location.assign(url);
      },
      () => {
        status.textContent = button.dataset.refused;
      },
      { timeout: 20000, maximumAge: 60000 },
    );
  });
}
