// Where the reader looks: the part of the plane on the screen, and moves to another.
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const MAX_SCALE = 1.15;

const camera = {
  /** Whether it is on its way to where the reader wants to look. */
  moving: false,
  /** Size of the drawing area in CSS pixels. */
  size() {
    const box = $("graph");
    return [box.clientWidth, box.clientHeight];
  },
  /** The part of the plane on the screen, widened by a share of its size: [left, top, right, bottom]. */
  bounds(margin = 0) {
    const [width, height] = this.size();
    const scale = network.getScale();
    const { x, y } = network.getViewPosition();
    const half = [(width / scale / 2) * (1 + margin), (height / scale / 2) * (1 + margin)];
    return [x - half[0], y - half[1], x + half[0], y + half[1]];
  },
  /** Shows a rectangle of the plane, with room for names around it. */
  show([left, top, right, bottom], { animate = true } = {}) {
    const [width, height] = this.size();
    const scale = Math.min(
      (width - 110) / Math.max(right - left, 1), (height - 110) / Math.max(bottom - top, 1), MAX_SCALE,
    );
    this.move((left + right) / 2, (top + bottom) / 2, Math.max(scale, 0.002), animate);
  },
  move(x, y, scale, animate = true) {
    const animation = animate && !still ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
    this.moving = Boolean(animation);
    network.moveTo({ position: { x, y }, scale, animation });
    if (!animation) viewChanged();
  },
  pan(right, down) {
    const scale = network.getScale();
    const { x, y } = network.getViewPosition();
    this.move(x + right / scale, y + down / scale, scale, false);
  },
  zoom(factor) {
    const { x, y } = network.getViewPosition();
    this.move(x, y, Math.min(Math.max(network.getScale() * factor, 0.004), 4), false);
  },
};

/** The rectangle around some points, or null for none. */
function boxOf(points) {
  let box = null;
  for (const [x, y] of points) {
    box ??= [x, y, x, y];
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}

const inside = ([left, top, right, bottom], x, y) => x >= left && x <= right && y >= top && y <= bottom;

/** Draws an arrangement out upwards, within bounds, so that it fills the room there is for it. */
function fillStage(way) {
  const box = boxOf(way.x.map((x, index) => [x, way.y[index]]));
  if (!box) return;
  const [width, height] = camera.size();
  const shape = (box[2] - box[0] + 200) / (box[3] - box[1] + 200);
  const factor = Math.min(Math.max(shape / (width / Math.max(height, 1)), 0.85), 1.6);
  way.y = way.y.map((y) => Math.round(y * factor));
  way.circles = way.circles.map(([label, x, y, rx, ry, count]) => [label, x, y * factor, rx, ry * factor, count]);
}
