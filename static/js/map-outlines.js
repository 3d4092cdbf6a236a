// The outlines of all regions: unpacked from shared lines, found by a point or by a code, put into paths to draw.
// A unit of a path is a pixel at zoom 14, counted from the layer's north-west corner.

const UNIT_ZOOM = 14;
const WORLD = 256 * 2 ** UNIT_ZOOM;
// Below this zoom lines are drawn with the detail that a screen can show there, and fewer points.
const FINE_ZOOM = 11.5;
const COARSE_UNITS = 8;

export async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.json();
}

const across = (longitude) => ((longitude + 180) / 360) * WORLD;
const down = (latitude) => {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
};

// Lets the browser answer whoever types or scrolls meanwhile.
export function breath() {
  return window.scheduler?.yield ? window.scheduler.yield() : new Promise((go) => { setTimeout(go); });
}

export class Outlines {
  // Ready to draw, made in steps that each leave a slow phone free again soon.
  static async from(layer) {
    const made = new Outlines(layer);
    made.arcs = made.#unpack(layer);
    await breath();
    made.shapes = countedUp(layer.shapes);
    made.depths = depthsOf(layer.codes, made.shapes, made.arcs.length);
    await breath();
    made.coarse = new Detail(made.arcs.map(thinned), made.shapes, made.depths);
    await breath();
    return made;
  }

  constructor(layer) {
    const [west, , , north] = layer.bounds;
    this.corner = { lat: north, lng: west };
    this.left = across(west);
    this.top = down(north);
    this.codes = layer.codes;
    this.index = new Map(layer.codes.map((code, at) => [code, at]));
  }

  // All points; made when somebody looks closely or points at something.
  get fine() {
    this.whole ??= new Detail(this.arcs, this.shapes, this.depths);
    return this.whole;
  }

  detail(zoom) {
    return zoom < FINE_ZOOM ? this.coarse : this.fine;
  }

  // Where regions are, as positions in `codes`.
  positions(codes) {
    return codes.map((code) => this.index.get(code)).filter((at) => at !== undefined);
  }

  // Each line begins where the one before it ended, and goes on in steps.
  #unpack({ arcs, origin: [west, south], step }) {
    let x = 0;
    let y = 0;
    return arcs.map((arc) => {
      const points = new Float64Array(arc.length);
      for (let i = 0; i < arc.length; i += 2) {
        x += arc[i];
        y += arc[i + 1];
        points[i] = across(west + x * step) - this.left;
        points[i + 1] = down(south + y * step) - this.top;
      }
      return points;
    });
  }

  // The code of the region around a place, or "" where there is none.
  at(latitude, longitude) {
    const x = across(longitude) - this.left;
    const y = down(latitude) - this.top;
    const { boxes, rings } = this.fine;
    const found = boxes.findIndex(
      (box, at) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && holds(rings[at], x, y),
    );
    return found < 0 ? "" : this.codes[found];
  }

  // The box around a region and all that lies in it, as [[south, west], [north, east]]; null for an unknown one.
  bounds(code) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    this.codes.forEach((one, at) => {
      if (one === code || one.startsWith(`${code}.`)) stretch(box, this.coarse.boxes[at]);
    });
    return box[0] === Infinity ? null : [this.place(box[0], box[3]), this.place(box[2], box[1])];
  }

  // Latitude and longitude of a point in units.
  place(x, y) {
    const turned = Math.PI * (1 - (2 * (y + this.top)) / WORLD);
    return [(Math.atan(Math.sinh(turned)) * 180) / Math.PI, ((x + this.left) / WORLD) * 360 - 180];
  }

  // A latitude and longitude in units.
  units([latitude, longitude]) {
    return [across(longitude) - this.left, down(latitude) - this.top];
  }

  middle(at) {
    const box = this.coarse.boxes[at];
    return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  }

  // Where the name of each village stands: in the middle of its RW's middles. Made when somebody looks closely.
  get villages() {
    if (!this.named) {
      const parts = new Map();
      this.codes.forEach((code, at) => {
        const village = code.slice(0, 13);
        if (!parts.has(village)) parts.set(village, []);
        parts.get(village).push(this.middle(at));
      });
      const mean = (points, axis) => points.reduce((sum, one) => sum + one[axis], 0) / points.length;
      this.named = new Map([...parts].map(([village, points]) => [village, [mean(points, 0), mean(points, 1)]]));
    }
    return this.named;
  }
}

// The same outlines with more or fewer points; neighbours share their lines in either.
class Detail {
  constructor(arcs, shapes, depths) {
    this.rings = shapes.map((shape) => shape.map((numbers) => joined(arcs, numbers)));
    this.boxes = this.rings.map(boxOf);
    this.arcs = arcs;
    this.depths = depths;
    this.drawn = [];
  }

  // Lines of one depth as a path: 1 cities and the outside, 2 districts, 3 villages, 4 RW of one village.
  lines(depth) {
    if (!this.drawn[depth]) {
      const path = this.drawn[depth] = new Path2D();
      this.arcs.forEach((arc, at) => { if (this.depths[at] === depth) trace(path, arc, false); });
    }
    return this.drawn[depth];
  }

  area(positions) {
    const path = new Path2D();
    for (const at of positions) {
      for (const ring of this.rings[at]) trace(path, ring, true);
    }
    return path;
  }
}

// A line without the points that stand nearer to the one before than a screen shows; both ends stay.
function thinned(arc) {
  const kept = [arc[0], arc[1]];
  const last = arc.length - 2;
  for (let i = 2; i < last; i += 2) {
    const x = arc[i] - kept[kept.length - 2];
    const y = arc[i + 1] - kept[kept.length - 1];
    if (x * x + y * y >= COARSE_UNITS * COARSE_UNITS) kept.push(arc[i], arc[i + 1]);
  }
  kept.push(arc[last], arc[last + 1]);
  // An islet that would become a line stays as it is.
  const round = arc[0] === arc[last] && arc[1] === arc[last + 1];
  return round && kept.length < 8 ? arc : Float64Array.from(kept);
}

// Lines are written as 0 (the next one not used yet) or how far before it, below zero when walked backwards.
function countedUp(shapes) {
  let following = 0;
  return shapes.map((shape) => shape.map((ring) => ring.map((back) => {
    const arc = following - Math.abs(back);
    if (!back) following += 1;
    return back < 0 ? ~arc : arc;
  })));
}

function joined(arcs, numbers) {
  const length = numbers.reduce((sum, number) => sum + arcs[number < 0 ? ~number : number].length - 2, 0);
  const ring = new Float64Array(length);
  let to = 0;
  for (const number of numbers) {
    const arc = arcs[number < 0 ? ~number : number];
    for (let i = 0; i < arc.length - 2; i += 2) {
      const from = number < 0 ? arc.length - 2 - i : i;
      ring[to] = arc[from];
      ring[to + 1] = arc[from + 1];
      to += 2;
    }
  }
  return ring;
}

// For each line the depth at which the codes on its two sides part; a line of one region alone is an outer one.
function depthsOf(codes, shapes, count) {
  const first = new Array(count).fill("");
  const depths = new Uint8Array(count).fill(1);
  shapes.forEach((shape, at) => {
    for (const number of shape.flat()) {
      const arc = number < 0 ? ~number : number;
      if (first[arc]) depths[arc] = partingDepth(first[arc], codes[at]); else first[arc] = codes[at];
    }
  });
  return depths;
}

// "31.74.01.1001.003": how much of two codes is the same, up to the city, the district or the village.
function partingDepth(one, other) {
  if (one.slice(0, 5) !== other.slice(0, 5)) return 1;
  if (one.slice(5, 8) !== other.slice(5, 8)) return 2;
  return one.slice(8, 13) === other.slice(8, 13) ? 4 : 3;
}

function boxOf(rings) {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const x = ring[i];
      const y = ring[i + 1];
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
  }
  return [west, north, east, south];
}

function stretch(box, other) {
  box[0] = Math.min(box[0], other[0]);
  box[1] = Math.min(box[1], other[1]);
  box[2] = Math.max(box[2], other[2]);
  box[3] = Math.max(box[3], other[3]);
}

// Even-odd: whether a line from the point to the east crosses the rings an odd number of times.
function holds(rings, x, y) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      if (ring[i + 1] > y !== ring[j + 1] > y &&
        x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) inside = !inside;
    }
  }
  return inside;
}

function trace(path, points, closed) {
  path.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
  if (closed) path.closePath();
}
