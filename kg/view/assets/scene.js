// What is drawn as nodes and lines: everything of a small graph; of a large one what comes near enough.
const LIMIT = 700;
const HUBS = 220;
const drawnNodes = new vis.DataSet(first.nodes);
const drawnEdges = new vis.DataSet(first.edges);
const network = new vis.Network($("graph"), { nodes: drawnNodes, edges: drawnEdges }, first.options);

data.arrangements.forEach(fillStage);
let way = data.arrangements[0];
/** What the reader narrowed the page to: null, or {kind, at: Map of node to [x, y], ties: null or Set, …}. */
let scope = null;
/** What is picked: null or {node}, {tie} or {circle}. */
let picked = null;
let drawn = new Set(first.nodes.map((node) => node.id));
let allDrawn = N <= LIMIT;

const position = (index) => (scope ? scope.at.get(index) : [way.x[index], way.y[index]]);
const shown = (index) => nodeOn[index] === 1 && (!scope || scope.at.has(index));
const shownTie = (tie) =>
  tieOn[tie.index] === 1 && tie.members.every(shown) && (!scope?.ties || scope.ties.has(tie.index));
const shownNodes = () => byWeight.filter(shown);

/** Nodes to draw now, best tied first. */
function choose() {
  const pool = shownNodes();
  allDrawn = pool.length <= LIMIT;
  if (allDrawn) return new Set(pool);
  const bounds = camera.bounds(0.3);
  const near = pool.filter((index) => inside(bounds, ...position(index)));
  const chosen = new Set([...openMembers(pool, bounds), ...near.slice(0, near.length <= LIMIT ? LIMIT : HUBS)]);
  for (const index of pickedNodes()) if (chosen.size < LIMIT + HUBS && shown(index)) chosen.add(index);
  return chosen;
}

/** Members of the picked circle once it fills the screen, as many as can be drawn. */
function openMembers(pool, bounds) {
  const circle = way.circles[picked?.circle];
  if (!circle || circle[3] * 4 < bounds[2] - bounds[0]) return [];
  return pool.filter((index) => way.group[index] === picked.circle).slice(0, LIMIT);
}

/** The picked node or the members of the picked tie, and whoever is tied to the node. */
function pickedNodes() {
  if (picked?.tie) return new Set(picked.tie.members);
  if (picked?.node === undefined) return new Set();
  const near = new Set([picked.node]);
  for (const tie of tiesOf[picked.node]) if (shownTie(tie)) tie.members.forEach((member) => near.add(member));
  return near;
}

/** How much bolder symbols and lines are drawn from afar, in steps, so that they are not drawn anew all the time. */
let boldness = 1;
function bolder() {
  const step = 2 ** (Math.round(Math.log2(network.getScale()) * 2) / 2);
  return Math.min(Math.max(0.6 / step, 1), 2.2);
}

/** Radius on the plane; seen from afar, symbols stay big enough to be seen and clicked. */
const sizeOf = (index) => nodes.size[index] * Math.min(boldness, allDrawn ? 1.5 : 2.2);

function visNode(index) {
  const [x, y] = position(index);
  return { id: index, label: nodes.label[index], group: typeName(index), size: sizeOf(index), x, y };
}

/** Lines of a tie; one of three or more parties, or of a single named one, meets in a point of its own. */
function drawTie(tie, bend, madeNodes, madeEdges) {
  const { color, width, dashes, arrows } = tie.style;
  const look = { color, width: width * boldness, dashes: dashes && dashes.map((length) => length * boldness), arrows };
  const members = [...new Set(tie.members)];
  if (members.length === 2) {
    const smooth = bend === 0 ? false : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) };
    madeEdges.push({ id: `t${tie.index}`, from: tie.members[0], to: tie.members[1], smooth, ...look });
    return;
  }
  if (tie.family === RELATION) return;
  const [x, y] = jointOf(tie, members);
  const dot = { background: color, border: "#ffffff" };
  const bright = { background: color, border: "#1f2933" };
  madeNodes.push({ id: `j${tie.index}`, label: " ", shape: "dot", size: 7 * boldness, x, y, color: { ...dot, highlight: bright, hover: bright } });
  members.forEach((member, place) => {
    madeEdges.push({ id: `t${tie.index}.${place}`, from: `j${tie.index}`, to: member, smooth: false, ...look });
  });
}

/** Where the lines of a many-party agreement meet; a single party's ends in a point beside it. */
function jointOf(tie, members = [...new Set(tie.members)]) {
  const points = members.map(position);
  const middle = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  if (members.length > 1) return middle;
  const angle = tie.index * 2.4;
  const reach = nodes.size[members[0]] + 44;
  return [middle[0] + reach * Math.cos(angle), middle[1] + reach * Math.sin(angle)];
}

const APART = 72;
/** How far each tie between the same two bends away from the others: {tie number: roundness}. */
function bends(list) {
  const pairs = new Map();
  for (const tie of list) {
    const ends = [...new Set(tie.members)];
    if (ends.length !== 2) continue;
    const key = Math.min(...ends) * N + Math.max(...ends);
    pairs.set(key, [...(pairs.get(key) ?? []), tie]);
  }
  const found = new Map();
  for (const bundle of pairs.values()) {
    const [one, other] = [...new Set(bundle[0].members)].map(position);
    // Roundness is a share of the length; long lines need less of it to lie as far apart.
    const share = Math.min(0.3, APART / Math.hypot(one[0] - other[0], one[1] - other[1]), 1.6 / bundle.length);
    bundle.forEach((tie, place) => {
      const aside = (place - (bundle.length - 1) / 2) * share;
      // Roundness turns with the direction of the line; this keeps opposite lines apart too.
      found.set(tie.index, tie.members[0] < tie.members[1] ? aside : -aside);
    });
  }
  return found;
}

/** Ties to draw: those whose members are all drawn. */
function tiesAmong(chosen) {
  const found = new Set();
  for (const index of chosen) {
    for (const tie of tiesOf[index]) {
      if (shownTie(tie) && tie.members.every((member) => chosen.has(member))) found.add(tie);
    }
  }
  // Agreements last, so that they lie on top.
  const rank = (tie) => (tie.family === AGREEMENT ? 1 : 0);
  return [...found].sort((one, other) => rank(one) - rank(other) || one.index - other.index);
}

/** Brings what is drawn in line with what should be; ``fresh`` draws all anew (places have changed). */
function draw({ fresh = false } = {}) {
  boldness = bolder();
  const chosen = choose();
  const madeNodes = [...chosen].sort((one, other) => one - other).map(visNode);
  const madeEdges = [];
  const list = tiesAmong(chosen);
  const bend = bends(list);
  for (const tie of list) drawTie(tie, bend.get(tie.index) ?? 0, madeNodes, madeEdges);
  if (fresh) {
    // Clearing paints at once, and the old nodes may have no place in the new view.
    drawn = new Set();
    drawnEdges.clear();
    drawnNodes.clear();
  }
  replace(drawnNodes, madeNodes, (old, made) => old.x === made.x && old.y === made.y && old.size === made.size);
  replace(drawnEdges, madeEdges, (old, made) => (
    old.width === made.width && JSON.stringify(old.smooth ?? false) === JSON.stringify(made.smooth)
  ));
  drawn = chosen;
  lightUp();
}

function replace(set, made, same) {
  const wanted = new Map(made.map((item) => [item.id, item]));
  const gone = set.getIds().filter((id) => !wanted.has(id) || !same(set.get(id), wanted.get(id)));
  if (gone.length) set.remove(gone);
  const missing = made.filter((item) => !set.get(item.id));
  if (missing.length) set.add(missing);
}

/** Lets what is not tied to the picked one step back. */
let dimmed = false;
const centred = () => scope?.kind === "focus" && picked?.node === scope.node;
function lightUp() {
  const near = centred() ? new Set() : pickedNodes();
  if (!near.size && !dimmed) return;
  dimmed = near.size > 0;
  const lit = (tie) => (picked?.tie ? tie === picked.tie : tie.members.includes(picked?.node));
  drawnNodes.update(drawnNodes.getIds().map((id) => {
    const bright = !dimmed || (typeof id === "number" ? near.has(id) : lit(tieOf(id)));
    return { id, opacity: bright ? 1 : 0.22 };
  }));
  drawnEdges.update(drawnEdges.getIds().map((id) => {
    const tie = tieOf(id);
    return { id, color: { color: tie.style.color, opacity: !dimmed || lit(tie) ? 1 : 0.16 } };
  }));
  if (picked?.node !== undefined && drawn.has(picked.node)) network.selectNodes([picked.node], false);
  else network.unselectAll();
}

/** The tie behind the id of a drawn line or joint: t12, t12.1, j12. */
const tieOf = (id) => ties[Number(/^[tj](\d+)/.exec(String(id))[1])];
