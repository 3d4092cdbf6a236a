// Makes photos small before they wait or travel, and reads beforehand what they say of their time and place, since that is
// lost in making them small.

const LONGEST = 1600;
const MOST_BYTES = 190000;
// What has to be read, a signed sheet, may be larger.
const MOST_TO_READ = 400000;
const QUALITIES = [0.8, 0.7, 0.6, 0.5, 0.4];
const EXIF = 0x45786966;
const [SUB_IFD, GPS_IFD, TAKEN, ZONE] = [0x8769, 0x8825, 0x9003, 0x9011];
const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

// The entries of one directory: tag → what it says.
const directory = (view, start, at, little) => {
  const found = new Map();
  const count = view.getUint16(start + at, little);
  for (let i = 0; i < count; i += 1) {
    const entry = start + at + 2 + i * 12;
    const [tag, type, many] = [view.getUint16(entry, little), view.getUint16(entry + 2, little), view.getUint32(entry + 4, little)];
    const bytes = (SIZES[type] ?? 0) * many;
    if (!bytes || bytes > 1000) continue;
    const where = bytes > 4 ? start + view.getUint32(entry + 8, little) : entry + 8;
    if (type === 2) {
      const signs = new Uint8Array(view.buffer, view.byteOffset + where, many);
      found.set(tag, String.fromCharCode(...signs).replace(/\0.*$/s, ""));
    } else if (type === 5) {
      const parts = Array.from({ length: many }, (_, part) => {
        const over = view.getUint32(where + part * 8 + 4, little);
        return over ? view.getUint32(where + part * 8, little) / over : NaN;
      });
      found.set(tag, parts);
    } else found.set(tag, type === 3 ? view.getUint16(where, little) : view.getUint32(where, little));
  }
  return found;
};

const degrees = (parts, letter, negative) => {
  if (!parts || parts.length !== 3) return undefined;
  const value = parts[0] + parts[1] / 60 + parts[2] / 3600;
  return letter === negative ? -value : value;
};

const readDirectories = (view, start) => {
  const little = view.getUint16(start) === 0x4949;
  const first = directory(view, start, view.getUint32(start + 4, little), little);
  const below = (tag) => (first.has(tag) ? directory(view, start, first.get(tag), little) : new Map());
  const [taken, gps] = [below(SUB_IFD), below(GPS_IFD)];
  const found = { latitude: degrees(gps.get(2), gps.get(1), "S"), longitude: degrees(gps.get(4), gps.get(3), "W") };
  const told = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(taken.get(TAKEN) ?? "");
  const moment = told && new Date(`${told[1]}-${told[2]}-${told[3]}T${told[4]}${taken.get(ZONE) ?? ""}`);
  if (moment && !Number.isNaN(moment.getTime())) found.takenAt = moment.toISOString();
  return found;
};

// What a JPEG says of its time and place; nothing where it says nothing that reads as such.
export const readEvidence = async (file) => {
  try {
    const view = new DataView(await file.slice(0, 262144).arrayBuffer());
    if (view.getUint16(0) !== 0xffd8) return {};
    for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === EXIF) return readDirectories(view, at + 10);
    }
  } catch {
    // Broken metadata are no reason to refuse a good picture.
  }
  return {};
};

const encoded = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));

// A JPEG of at most 1600 px and 190 kB; the file itself where it is one, or where the browser cannot read it (the server may).
export const madeSmall = async (file, longest = LONGEST) => {
  const most = longest > LONGEST ? MOST_TO_READ : MOST_BYTES;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  const side = Math.max(picture.width, picture.height);
  if (file.type === "image/jpeg" && file.size <= most && side <= longest) {
    picture.close();
    return file;
  }
  const canvas = document.createElement("canvas");
  let scale = Math.min(1, longest / side);
  let small;
  do {
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.fillStyle = "white";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      small = await encoded(canvas, quality);
      if (small.size <= most) break;
    }
    scale *= 0.8;
  } while (small.size > most && canvas.width > 400);
  picture.close();
  canvas.width = 0;
  return small;
};

export const sha256Of = async (file) => {
  if (!crypto.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};

// Where the phone is, if it may say so already; nobody is asked in the middle of taking photos.
export const placeNow = async () => {
  const allowed = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  if (allowed?.state !== "granted") return {};
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
      () => resolve({}),
      { enableHighAccuracy: true, timeout: 8000, maximumAge: 120000 },
    );
  });
};
