// Puts the page together: picks, moves, keys, language.
function pickNode(index, { travel = false } = {}) {
  if (pathStart !== null && pathStart !== index) return showPath(pathStart, index);
  reveal(index);
  if (scope && !scope.at.has(index)) clearScope();
  picked = { node: index };
  if (travel) travelTo([...pickedNodes()].slice(0, 40).map(position), position(index));
  return pickChanged();
}

function pickTie(tie, { travel = false } = {}) {
  if (scope && !tie.members.every((member) => scope.at.has(member))) clearScope();
  picked = { tie };
  if (travel) travelTo(tie.members.map(position));
  pickChanged();
}

function pickCircle(circle, { travel = false } = {}) {
  picked = { circle };
  if (travel) travelTo([way.circles[circle].slice(1, 3)]);
  pickChanged();
}

function unpick() {
  if (!picked && scope) return clearScope();
  picked = null;
  return pickChanged();
}

function pickChanged() {
  draw();
  renderPanel();
  network.redraw();
}

/** Goes where something is, near enough to read its names; stays where it already is in sight. */
function travelTo(points, centre = null) {
  const bounds = camera.bounds(-0.2);
  const readable = network.getScale() > 0.55;
  if (readable && (centre ? inside(bounds, ...centre) : points.every(([x, y]) => inside(bounds, x, y)))) return;
  const box = boxOf(points);
  const wide = box[2] - box[0] > 2400 || box[3] - box[1] > 1600;
  if (centre && wide) camera.move(centre[0], centre[1], 0.75);
  else camera.show([box[0] - 160, box[1] - 120, box[2] + 160, box[3] + 120]);
}

function openCircle(circle) {
  const [, x, y, rx, ry] = way.circles[circle];
  picked = { circle };
  camera.show([x - rx, y - ry, x + rx, y + ry]);
  pickChanged();
}

function fit({ animate = true } = {}) {
  const box = boxOf(shownNodes().map(position));
  if (box) camera.show(box, { animate });
}

let redrawTimer = 0;
function viewChanged() {
  clearTimeout(redrawTimer);
  redrawTimer = 0;
  if (allDrawn && boldness === bolder()) return;
  redrawTimer = setTimeout(() => {
    redrawTimer = 0;
    draw();
  }, 120);
}

let filterTimer = 0;
function filtersChanged({ soon = false } = {}) {
  clearTimeout(filterTimer);
  filterTimer = setTimeout(() => {
    filterTimer = 0;
    applyFilters();
    bundleUp();
    if (scope?.kind === "focus") return focusOn(scope.node, scope.hops);
    if (scope?.kind === "path") return showPath(...pathEnds);
    if (picked?.node !== undefined && !nodeOn[picked.node]) picked = null;
    draw();
    renderPanel();
    renderCounts();
    network.redraw();
  }, soon ? 90 : 0);
}

function scopeChanged() {
  draw({ fresh: true });
  sayScope();
  renderPanel();
  renderCounts();
  fit({ animate: false });
  network.redraw();
}

function renderCounts() {
  const count = (list, family) => list.filter((tie) => tie.family === family).length;
  const values = { nodes: N, agreements: count(ties, AGREEMENT), relations: count(ties, RELATION), sources: data.sources.length };
  const choice = data.choice ? ` · ${data.choice}` : "";
  $("counts").textContent = t("ui.counts", Object.fromEntries(Object.entries(values).map(([key, value]) => [key, number(value)]))) + choice;
  const on = ties.filter(shownTie);
  const some = { nodes: number(shownNodes().length), agreements: number(count(on, AGREEMENT)), relations: number(count(on, RELATION)) };
  $("status").textContent = t("ui.shown", some) + (allDrawn ? "" : ` · ${t("ui.zoom")}`);
}

function renderWords() {
  document.documentElement.lang = language === "en" ? "en" : "zh-Hans";
  Object.assign($("search"), { placeholder: t("ui.search") }).setAttribute("aria-label", t("ui.search.label"));
  for (const id of ["fit", "png", "csv"]) Object.assign($(id), { textContent: t("ui." + id), title: t(`ui.${id}.hint`) });
  $("language").textContent = t("ui.language");
  Object.assign($("help"), { title: t("ui.help") }).setAttribute("aria-label", t("ui.help"));
  $("graph").setAttribute("aria-label", t("ui.canvas"));
  $("arrange-label").hidden = data.arrangements.length < 2;
  $("arrange-label").firstElementChild.textContent = t("ui.arrange");
  $("arrange").replaceChildren(...data.arrangements.map((each, place) =>
    el("option", { value: place, selected: each === way }, t("ui.arrange." + each.key))));
  renderLegend();
  renderPanel();
  renderCounts();
  sayScope();
}

function switchLanguage() {
  language = language === "en" ? "zh" : "en";
  renderWords();
  network.redraw();
}

function arrangeBy(place) {
  way = data.arrangements[place];
  picked = null;
  bundleUp();
  if (scope) clearScope();
  else scopeChanged();
}

/** Goes to the next or previous node in sight, the best tied first. */
function step(by) {
  const list = [...drawn].sort((one, other) => byWeight.indexOf(one) - byWeight.indexOf(other));
  if (!list.length) return;
  const at = picked?.node === undefined ? -1 : list.indexOf(picked.node);
  pickNode(list[(at + by + list.length) % list.length], { travel: true });
}

function showHelp() {
  $("panel").replaceChildren(el("button", { type: "button", class: "close", "aria-label": t("ui.close"), onclick: renderPanel }, "×"),
    el("h2", {}, t("ui.help")), ...t("ui.help.text").split("\n").map((line) => el("p", {}, line)));
}

const KEYS = {
  "/": () => $("search").focus(), "0": () => fit(), "+": () => camera.zoom(1.3), "=": () => camera.zoom(1.3), "-": () => camera.zoom(1 / 1.3),
  ArrowLeft: () => camera.pan(-80, 0), ArrowRight: () => camera.pan(80, 0), ArrowUp: () => camera.pan(0, -80), ArrowDown: () => camera.pan(0, 80),
  n: () => step(1), p: () => step(-1), l: switchLanguage, "?": showHelp, Escape: unpick,
};
for (const hops of [1, 2, 3]) KEYS[hops] = () => picked?.node !== undefined && focusOn(picked.node, hops);

function listen() {
  network.on("beforeDrawing", paintUnder);
  network.on("afterDrawing", paintOver);
  network.on("click", ({ nodes: [node], edges: [edge], pointer }) => {
    $("graph").focus({ preventScroll: true });
    if (typeof node === "number") return pickNode(node);
    if (node !== undefined || edge !== undefined) return pickTie(tieOf(node ?? edge));
    const under = underPointer(pointer.DOM);
    if (under?.node !== undefined) return pickNode(under.node);
    if (under?.tie !== undefined) return pickTie(ties[under.tie]);
    return under ? pickCircle(under.circle) : picked && unpick();
  });
  network.on("doubleClick", ({ nodes: [node], pointer }) => {
    if (typeof node === "number") return focusOn(node, 1);
    const under = underPointer(pointer.DOM);
    return under?.circle === undefined ? null : openCircle(under.circle);
  });
  network.on("hoverNode", ({ node }) => { hovered = typeof node === "number" ? node : null; });
  network.on("blurNode", () => { hovered = null; });
  network.on("animationFinished", () => { camera.moving = false; });
  for (const event of ["zoom", "dragEnd", "animationFinished", "resize"]) network.on(event, viewChanged);
  network.on("dragEnd", ({ nodes: [node] }) => { if (typeof node === "number") keepPlace(node); });
  listenToSearch();
  $("fit").addEventListener("click", () => fit());
  $("png").addEventListener("click", savePicture);
  $("csv").addEventListener("click", saveTable);
  $("language").addEventListener("click", switchLanguage);
  $("help").addEventListener("click", showHelp);
  $("arrange").addEventListener("change", (event) => arrangeBy(Number(event.target.value)));
  window.addEventListener("hashchange", followAddress);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.closest("input, select, textarea");
    if (field && event.key !== "Escape") return;
    // Buttons and lists keep their own arrow and Enter keys.
    if (event.key.startsWith("Arrow") && !event.target.closest("#graph") && event.target !== document.body) return;
    const act = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** A node that the reader moved stays there. */
function keepPlace(node) {
  const { x, y } = network.getPosition(node);
  if (scope) scope.at.set(node, [x, y]);
  else [way.x[node], way.y[node]] = [x, y];
  draw();
}

/** Shows the node that the address names: page.html#node=IRI. */
function followAddress() {
  const [, name] = /^#node=(.+)$/.exec(location.hash) ?? [];
  let id = null;
  try {
    id = name && decodeURIComponent(name);
  } catch {
    return; // Not a percent-encoded name.
  }
  const index = nodes.id.indexOf(id);
  if (index >= 0) pickNode(index, { travel: true });
}

applyFilters();
bundleUp();
listen();
renderWords();
fit({ animate: false });
draw();
followAddress();
network.once("afterDrawing", () => {
  document.documentElement.dataset.ready = "1";
  performance.mark("kg-ready");
});
network.redraw();

// For tests and for pages that embed this one.
window.kgPage = {
  network,
  get state() { return { picked, scope, language, drawn: drawn.size, shown: shownNodes().length, ties: ties.filter(shownTie).length, allDrawn }; },
  get plates() { return namePlates; },
  /** Whether nothing moves and nothing waits to be drawn. */
  get atRest() { return !camera.moving && !redrawTimer && !filterTimer; },
  indexOf: (label) => nodes.label.indexOf(label),
  onScreen: (index) => network.canvasToDOM({ x: position(index)[0], y: position(index)[1] }),
  table: tableOfView,
};
