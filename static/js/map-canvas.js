// One canvas for all regions, moved and scaled by the map's own gestures and painted again when they end.
/* global L */
import { breath } from "./map-outlines.js";

const UNIT = 14;

export const RegionCanvas = L.Renderer.extend({
  // paint(context, { scale, zoom, point }) is a generator, called with the units of the outlines as coordinates;
  // point(x, y) turns units into pixels of the canvas. It yields between the steps of a picture: the first one is
  // painted step by step, so that nobody waits for it, later ones at once.
  initialize(outlines, paint) {
    L.Renderer.prototype.initialize.call(this, { padding: 0.3, pane: "overlayPane" });
    this.outlines = outlines;
    this.paint = paint;
  },

  getEvents() {
    return { ...L.Renderer.prototype.getEvents.call(this), move: this._followed };
  },

  repaint() {
    if (this._map && this._bounds) this._draw();
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._context;
  },

  // A long drag leaves what is painted; waiting for its end would show nothing meanwhile.
  _followed() {
    if (!this._map._animatingZoom && this._zoom === this._map.getZoom() && !this._bounds.contains(this._seen())) {
      this._update();
    }
  },

  _seen() {
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    return L.bounds(corner, corner.add(this._map.getSize()));
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    L.DomUtil.setPosition(this._container, this._bounds.min);
    this._container.width = Math.round(size.x * ratio);
    this._container.height = Math.round(size.y * ratio);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    this._ratio = ratio;
    this._draw();
  },

  _draw() {
    const zoom = this._map.getZoom();
    const scale = 2 ** (zoom - UNIT);
    const ratio = this._ratio;
    const from = this._map.latLngToLayerPoint(this.outlines.corner).subtract(this._bounds.min);
    const context = this._context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this._container.width, this._container.height);
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * from.x, ratio * from.y);
    const point = (x, y) => [ratio * (x * scale + from.x), ratio * (y * scale + from.y)];
    this._steps = this.paint(context, { scale, zoom, ratio, point });
    if (this._shown) for (const _step of this._steps);
    else this._paintSlowly(this._steps);
  },

  // Gives up when another picture was begun meanwhile.
  async _paintSlowly(steps) {
    while (this._steps === steps && !steps.next().done) await breath();
    if (this._steps === steps && !this._shown) {
      this._shown = true;
      this.fire("shown");
    }
  },
});
