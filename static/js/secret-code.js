// A QR code brings the secret code behind "#", which no server sees: it goes into the field, and out of the address.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.querySelector("input[name=code]");
if (field && /^[0-9A-Z-]{20,30}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
