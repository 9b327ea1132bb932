// Narrower views: what lies around a node, and the way from one node to another.
const NEAR_LIMIT = 420;
let pathStart = null;
let avoidPlaces = true;

/** Shows a node and what is within some ties of it, in rings around it. */
function focusOn(index, hops) {
  reveal(index);
  const rings = ringsAround(index, hops);
  const total = rings.reduce((sum, ring) => sum + ring.length, 0);
  const kept = [];
  let room = NEAR_LIMIT;
  for (const ring of rings) {
    kept.push(ring.slice(0, room));
    room -= kept.at(-1).length;
  }
  scope = { kind: "focus", node: index, hops, total, at: placeRings(kept), ties: null };
  picked = { node: index };
  scopeChanged();
}

/** Nodes by their distance in ties: [[centre], ring 1, …], the best tied first, each with its parent. */
function ringsAround(index, hops) {
  const parent = new Map([[index, null]]);
  const rings = [[{ index, parent: null }]];
  for (let hop = 1; hop <= hops; hop += 1) {
    const ring = [];
    for (const { index: here } of rings[hop - 1]) {
      for (const tie of tiesOf[here]) {
        if (!tieOn[tie.index]) continue;
        for (const other of tie.members) {
          if (parent.has(other) || !nodeOn[other]) continue;
          parent.set(other, here);
          ring.push({ index: other, parent: here });
        }
      }
    }
    rings.push(ring.sort((one, other) => nodes.weight[other.index] - nodes.weight[one.index]));
  }
  return rings;
}

/** A radial tree: each branch gets an angle in proportion to what hangs on it, kinds side by side. */
function placeRings(rings) {
  const branches = new Map(rings.flat().map(({ index }) => [index, []]));
  for (const { index, parent } of rings.flat()) if (parent !== null) branches.get(parent)?.push(index);
  const share = new Map();
  const shareOf = (index) => {
    const sum = branches.get(index).reduce((total, child) => total + shareOf(child), 0);
    share.set(index, Math.max(1, sum));
    return share.get(index);
  };
  const [centre] = rings[0];
  shareOf(centre.index);
  const radii = [0];
  rings.slice(1).forEach((ring) => radii.push(Math.max(radii.at(-1) + 170, (ring.length * 46) / Math.PI / 2 + 60)));
  const at = new Map([[centre.index, [0, 0]]]);
  const spread = (index, start, end, hop) => {
    const children = branches.get(index).sort((one, other) => nodes.type[one] - nodes.type[other] || nodes.weight[other] - nodes.weight[one]);
    let angle = start;
    const total = children.reduce((sum, child) => sum + share.get(child), 0);
    children.forEach((child, place) => {
      const width = ((end - start) * share.get(child)) / total;
      // Neighbours on a crowded ring step in and out, so that their names find room.
      const radius = radii[hop] + (children.length > 10 ? (place % 3) * 58 : 0);
      const middle = angle + width / 2;
      at.set(child, [Math.round(radius * Math.cos(middle) * 1.35), Math.round(radius * Math.sin(middle))]);
      spread(child, angle, angle + width, hop + 1);
      angle += width;
    });
  };
  spread(centre.index, -Math.PI / 2, (3 * Math.PI) / 2, 1);
  return at;
}

function startPath(index) {
  pathStart = index;
  say(t("ui.path.pick", { name: nodes.label[index] }), { cancel: true });
  $("search").value = "";
  $("search").focus();
}

/** Whether a path may use a tie at a node: lying in the same place ties nobody, signing with it does. */
const passable = (tie, index, ends) =>
  !avoidPlaces || tie.family === AGREEMENT || nodes.type[index] !== PLACE || ends.includes(index);

/** Fewest ties from one node to another; places in between only where they sign, or the reader allows them. */
function findPath(from, to) {
  const before = new Map([[from, null]]);
  let frontier = [from];
  while (frontier.length && !before.has(to)) {
    const next = [];
    for (const here of frontier) {
      for (const tie of tiesOf[here]) {
        if (!tieOn[tie.index] || !passable(tie, here, [from, to])) continue;
        for (const other of tie.members) {
          if (before.has(other) || !nodeOn[other] || !passable(tie, other, [from, to])) continue;
          before.set(other, here);
          next.push(other);
        }
      }
    }
    frontier = next;
  }
  if (!before.has(to)) return null;
  const steps = [];
  for (let here = to; here !== null; here = before.get(here)) steps.unshift(here);
  return steps;
}

function showPath(from, to) {
  pathStart = null;
  const steps = findPath(from, to);
  const words = { from: shortName(nodes.label[from]), to: shortName(nodes.label[to]) };
  if (!steps) {
    scope = null;
    picked = { node: to };
    scopeChanged();
    pathEnds = [from, to];
    say(t("ui.path.none", words), { cancel: true, places: true });
    return;
  }
  const next = new Map(steps.map((index, place) => [index, place]));
  const along = ties.filter((tie) => {
    const places = tie.members.map((member) => next.get(member));
    return places.every((place) => place !== undefined) && Math.max(...places) - Math.min(...places) === 1;
  });
  const at = new Map(steps.map((index, place) => [index, [place * 300, place % 2 ? 70 : -70]]));
  // A party of an agreement on the way that is no step itself stays out of sight, and so does the agreement;
  // the step is then shown by the parties' own line.
  for (let place = 1; place < steps.length; place += 1) {
    if (along.some((tie) => tie.members.includes(steps[place]) && tie.members.includes(steps[place - 1]))) continue;
    const joint = tiesOf[steps[place]].find((tie) => tieOn[tie.index] && tie.members.includes(steps[place - 1]));
    joint.members.filter((member) => !at.has(member)).forEach((member, turn) => at.set(member, [place * 300 - 150, 210 + 80 * turn]));
    along.push(joint);
  }
  scope = { kind: "path", steps, at, ties: new Set(along.map((tie) => tie.index)) };
  pathEnds = [from, to];
  picked = null;
  scopeChanged();
}

let pathEnds = null;

function clearScope() {
  const was = scope;
  scope = null;
  pathStart = null;
  pathEnds = null;
  say("");
  if (was) scopeChanged();
}

/** Takes back the filters that hide a node which the reader asked for by name. */
function reveal(index) {
  if (nodeOn[index]) return;
  filters.types.delete(nodes.type[index]);
  applyFilters();
  if (!nodeOn[index]) filters.unconnected = true;
  applyFilters();
  renderLegend();
  bundleUp();
}

/** The line above the graph that says what it is narrowed to, and how to get back. */
function say(words, { cancel = false, places = false } = {}) {
  const banner = $("banner");
  banner.hidden = !words;
  banner.replaceChildren(...[
    el("span", {}, words),
    places ? el("label", { class: "toggle" }, el("input", { type: "checkbox", id: "avoid-places", checked: avoidPlaces, onchange: (event) => {
      avoidPlaces = event.target.checked;
      if (pathEnds) showPath(...pathEnds);
    } }), t("ui.path.places")) : null,
    cancel ? el("button", { type: "button", id: "clear", onclick: clearScope }, t("ui.clear")) : null,
  ].filter(Boolean));
}

function sayScope() {
  if (!scope) return say("");
  if (scope.kind === "path") {
    const [from, to] = [scope.steps[0], scope.steps.at(-1)].map((index) => shortName(nodes.label[index]));
    return say(t("ui.path.on", { from, to, n: scope.steps.length - 1 }), { cancel: true, places: true });
  }
  const capped = scope.total > NEAR_LIMIT ? ` · ${t("ui.capped", { n: scope.total, k: NEAR_LIMIT })}` : "";
  return say(t("ui.focus.on", { name: nodes.label[scope.node], n: scope.hops }) + capped, { cancel: true });
}
