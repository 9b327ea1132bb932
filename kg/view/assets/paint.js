// What vis-network does not draw: circles, dots for what is far away, and names that do not cover each other.
const FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", ' +
  '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif';
const INK = "#1f2933";
const QUIET = "#52606d";
/** Rectangles of the names on the screen, [left, top, right, bottom, what is picked by a click]. */
let namePlates = [];
let hovered = null;

/** Ties between circles: [circle, circle, agreements, relations], and what each circle holds. */
let bundles = [];
let circleSizes = [];
function bundleUp() {
  const found = new Map();
  circleSizes = way.circles.map(() => 0);
  for (let index = 0; index < N; index += 1) if (nodeOn[index] && way.group[index] >= 0) circleSizes[way.group[index]] += 1;
  for (const tie of ties) {
    if (!tieOn[tie.index]) continue;
    const groups = [...new Set(tie.members.map((member) => way.group[member]))].sort((one, other) => one - other);
    groups.forEach((one, place) => groups.slice(place + 1).forEach((other) => {
      const key = one * way.circles.length + other;
      const bundle = found.get(key) ?? found.set(key, [one, other, 0, 0]).get(key);
      bundle[tie.family === AGREEMENT ? 2 : 3] += 1;
    }));
  }
  bundles = [...found.values()].filter(([one]) => one >= 0).sort((one, other) => other[2] - one[2] || other[3] - one[3]);
}

function paintUnder(context) {
  if (scope) return;
  const scale = network.getScale();
  if (way.circles.length) paintCircles(context, scale);
  if (!allDrawn) paintDots(context, scale);
}

function paintCircles(context, scale) {
  way.circles.forEach(([, x, y, rx, ry], circle) => {
    if (!circleSizes[circle]) return;
    context.beginPath();
    context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    context.fillStyle = picked?.circle === circle ? "rgba(255,255,255,0.95)" : "rgba(255,255,255,0.7)";
    context.fill();
    context.lineWidth = (picked?.circle === circle ? 2.5 : 1) / scale;
    context.strokeStyle = picked?.circle === circle ? INK : "#d5dbe1";
    context.stroke();
  });
  if (allDrawn) return;
  const most = bundles.reduce((max, bundle) => Math.max(max, bundle[2] + bundle[3]), 1);
  // The lightest of very many ties between circles would only grey the picture.
  for (const [one, other, agreements, relations] of picked?.circle === undefined ? bundles.slice(0, 150) : bundles) {
    const [from, to] = [way.circles[one], way.circles[other]];
    const near = picked?.circle === one || picked?.circle === other;
    if (picked?.circle !== undefined && !near) continue;
    context.beginPath();
    context.moveTo(from[1], from[2]);
    // A slight bow keeps a line off the circles between its ends.
    context.quadraticCurveTo(
      (from[1] + to[1]) / 2 + (to[2] - from[2]) * 0.12, (from[2] + to[2]) / 2 + (from[1] - to[1]) * 0.12, to[1], to[2],
    );
    context.lineWidth = (0.6 + 5 * ((agreements + relations) / most)) / scale;
    context.strokeStyle = agreements ? "#D1495B" : "#AEB5BF";
    context.globalAlpha = near ? 0.75 : 0.3;
    context.stroke();
    context.globalAlpha = 1;
  }
}

function paintDots(context, scale) {
  const bounds = camera.bounds(0.02);
  const side = Math.max(2.2 / scale, 7);
  data.types.forEach((_, type) => {
    context.fillStyle = data.typeStyles[type][0];
    context.globalAlpha = 0.75;
    for (let index = 0; index < N; index += 1) {
      if (nodes.type[index] !== type || !nodeOn[index] || drawn.has(index)) continue;
      if (inside(bounds, way.x[index], way.y[index])) {
        context.fillRect(way.x[index] - side / 2, way.y[index] - side / 2, side, side);
      }
    }
  });
  context.globalAlpha = 1;
}

function paintOver(context) {
  const ratio = window.devicePixelRatio || 1;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paintNames(context);
  context.restore();
}

/** Names at a constant size on the screen, the weightiest first; one that would cover another is left out. */
function paintNames(context) {
  const scale = network.getScale();
  const [width, height] = camera.size();
  const middle = network.getViewPosition();
  const onScreen = ([x, y]) => [(x - middle.x) * scale + width / 2, (y - middle.y) * scale + height / 2];
  const board = new Board(context, width, height);
  const widest = Math.max(0, ...way.circles.map(([label, , , rx]) => (GATHERED.has(label) ? 0 : rx)));
  const overview = !allDrawn && !scope && way.circles.length > 0 && widest * scale < 190;
  const near = pickedNodes();
  // Symbols keep names off themselves.
  const places = [...drawn].map((index) => [index, onScreen(position(index))]).filter(
    ([, [x, y]]) => x > -60 && y > -20 && x < width + 60 && y < height + 40,
  );
  const rank = ([index]) => (index === picked?.node ? 4e9 : near.has(index) ? 2e9 : 0) + (index === hovered ? 3e9 : 0) + nodes.weight[index];
  places.sort((one, other) => rank(other) - rank(one));
  if (way.circles.length && !scope) nameCircles(board, onScreen, scale);
  const important = new Set(places.slice(0, 24).map(([index]) => index));
  for (const [index, [x, y]] of places) board.block(x, y, Math.min(sizeOf(index) * scale, 40));
  for (const [index, [x, y]] of places) {
    const marked = near.has(index) || index === hovered;
    const faint = near.size > 0 && !marked && !centred();
    if ((faint && scale < 0.9) || (overview && !marked)) continue;
    const bold = index === picked?.node || (nodes.weight[index] >= 12 && !faint);
    board.name({
      text: index === picked?.node || index === hovered ? shorten(nodes.label[index], 40) : shorten(shortName(nodes.label[index]), 16),
      x, y, radius: sizeOf(index) * scale, size: bold ? 13 : 12, bold,
      colour: faint ? "#a5afb9" : INK, force: index === picked?.node || index === hovered, target: { node: index },
      over: important.has(index) || marked,
    });
  }
  nameTies(board, onScreen, scale, near);
  namePlates = board.plates;
}

function nameCircles(board, onScreen, scale) {
  way.circles.forEach(([label, x, y, rx, ry], circle) => {
    if (!circleSizes[circle] || (allDrawn && circleSizes[circle] < 3)) return;
    const [left, top] = onScreen([x, y - ry]);
    if (rx * scale < 26) return;
    board.name({
      text: `${shorten(circleName(label, false), 14)}  ${circleSizes[circle]}`, x: left, y: top + 3, radius: 0, size: 12, bold: true,
      colour: "#334e68", target: { circle }, over: true,
    });
  });
}

/** Circles of what has no circle of its own. */
const GATHERED = new Set(["rest", "unknown"]);

function circleName(label, others = true) {
  if (label === "rest") return t("ui.group.rest");
  if (label === "unknown") return t("ui.group.unknown");
  return way.key === "community" && others ? t("ui.group.of", { name: label }) : label;
}

/** What an agreement is called stands at its line; relations are named when picked or near. */
function nameTies(board, onScreen, scale, near) {
  if (scale < 0.45 && !near.size) return;
  for (const tie of tiesAmong(drawn).reverse()) {
    const lit = picked?.tie === tie || (picked?.node !== undefined && tie.members.includes(picked.node));
    if (near.size && !lit) continue;
    if (tie.family === RELATION && !lit && scale < 0.95) continue;
    const members = [...new Set(tie.members)];
    if (members.length === 1 && tie.family === RELATION) continue;
    const [x, y] = onScreen(middleOf(tie, members));
    const colour = tie.family === AGREEMENT ? darker(tie.style.color) : QUIET;
    const text = t("kind." + tie.kind) + (tie.family === AGREEMENT && tie.date && scale > 0.7 ? ` ${day(tie.date)}` : "");
    board.name({ text, x, y: y - 7, radius: 0, size: 11, bold: false, colour, target: { tie: tie.index }, only: true, force: picked?.tie === tie });
  }
}

function middleOf(tie, members) {
  if (members.length !== 2) return jointOf(tie, members).map((value, axis) => value + (axis ? 14 : 0));
  const edge = network.body.edges[`t${tie.index}`];
  if (edge?.edgeType?.getPoint && edge.connected) {
    const point = edge.edgeType.getPoint(0.5);
    return [point.x, point.y];
  }
  const [one, other] = members.map(position);
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}

const shorten = (text, most) => {
  const letters = [...text];
  return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
};
/** A firm without its legal form, as people call it; the panel gives the full name. */
const shortName = (name) => name.replace(/(?<=.{3})(集团)?(股份)?有限(责任)?公司$/, "$1") || name;
const darker = (colour) => (colour === "#E08E2B" ? "#9A5B0C" : colour === "#D1495B" ? "#B23246" : colour);

/** Room for names on the screen; a coarse grid tells quickly whether a place is free. */
class Board {
  constructor(context, width, height) {
    Object.assign(this, { context, width, height, plates: [], names: new Map(), symbols: new Map() });
  }
  cells([left, top, right, bottom]) {
    const found = [];
    for (let row = Math.floor(top / 40); row <= Math.floor(bottom / 40); row += 1) {
      for (let column = Math.floor(left / 80); column <= Math.floor(right / 80); column += 1) found.push(row * 1000 + column);
    }
    return found;
  }
  free(box, taken) {
    return this.cells(box).every((cell) => (taken.get(cell) ?? []).every(
      (other) => box[0] >= other[2] || box[2] <= other[0] || box[1] >= other[3] || box[3] <= other[1],
    ));
  }
  take(box, taken) {
    for (const cell of this.cells(box)) {
      if (!taken.has(cell)) taken.set(cell, []);
      taken.get(cell).push(box);
    }
  }
  block(x, y, radius) {
    const reach = radius * 0.8;
    this.take([x - reach, y - reach, x + reach, y + reach], this.symbols);
  }
  /**
   * Writes a name below, right of, above or left of a point, where it is free. only: nowhere but there;
   * over: symbols may be covered where nothing is free of them; force: whatever it covers.
   */
  name({ text, x, y, radius, size, bold, colour, target, force = false, only = false, over = false }) {
    const { context } = this;
    context.font = `${bold ? "600 " : ""}${size}px ${FONT}`;
    const width = context.measureText(text).width + 4;
    const height = size + 4;
    const gap = radius + 3;
    const spots = only ? [[x - width / 2, y]] : [
      [x - width / 2, y + gap], [x + gap + 1, y - height / 2], [x - width / 2, y - gap - height], [x - gap - width - 1, y - height / 2],
    ];
    const whole = ([left, top]) => left > 2 && left + width < this.width - 2 && top > 0 && top + height < this.height;
    const boxes = spots.filter(whole).map(([left, top]) => [left, top, left + width, top + height]).filter((box) => this.free(box, this.names));
    const free = boxes.find((box) => this.free(box, this.symbols)) ?? (over ? boxes[0] : undefined);
    if (!free && !force) return;
    const [left, top] = free ?? spots[0];
    this.take([left, top, left + width, top + height], this.names);
    this.plates.push([left, top, left + width, top + height, target]);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = "rgba(250,250,248,0.92)";
    context.strokeText(text, left + 2, top + height / 2);
    context.fillStyle = colour;
    context.fillText(text, left + 2, top + height / 2);
  }
}

/** What lies under a point of the screen that vis-network does not know: a name, a dot, a circle. */
function underPointer({ x, y }) {
  const plate = namePlates.find((box) => inside(box, x, y));
  if (plate) return plate[4];
  if (scope) return null;
  const at = network.DOMtoCanvas({ x, y });
  const reach = 8 / network.getScale();
  let best = null;
  for (let index = 0; index < N; index += 1) {
    if (!nodeOn[index] || drawn.has(index)) continue;
    const away = Math.hypot(way.x[index] - at.x, way.y[index] - at.y);
    if (away < reach && (!best || away < best.away)) best = { away, node: index };
  }
  if (best) return { node: best.node };
  const circle = way.circles.findIndex(
    ([, cx, cy, rx, ry], place) => circleSizes[place] && ((at.x - cx) / rx) ** 2 + ((at.y - cy) / ry) ** 2 <= 1,
  );
  return circle >= 0 ? { circle } : null;
}
