// The legend on the left: what colours and lines mean, how many there are, and switches for each.
function renderLegend() {
  $("legend").replaceChildren(...[
    el("h2", {}, t("ui.legend")),
    typeSection(),
    kindSection(AGREEMENT, t("ui.agreements")),
    statusSection(),
    timelineSection(),
    kindSection(RELATION, t("ui.relations")),
    confidenceSection(),
    toggle(t("ui.unconnected"), filters.unconnected, (on) => { filters.unconnected = on; }, "unconnected"),
    el("button", { type: "button", id: "reset", class: "wide", onclick: () => { resetFilters(); renderLegend(); filtersChanged(); } }, t("ui.reset")),
  ].filter(Boolean));
}

const countBy = (list, keyOf) => {
  const counts = new Map();
  for (const item of list) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};

function typeSection() {
  const counts = countBy(nodes.type, (type) => type);
  const rows = [...counts].sort((one, other) => other[1] - one[1]).map(([type, count]) => ({
    key: type, name: data.types[type], words: t("type." + data.types[type]), count, mark: mark(...data.typeStyles[type], 13),
  }));
  return legendSection("types", t("ui.types"), rows, filters.types);
}

function kindSection(family, title) {
  const list = ties.filter((tie) => tie.family === family);
  if (!list.length) return null;
  const rows = [...countBy(list, (tie) => tie.kind)].sort((one, other) => other[1] - one[1]).map(([kind, count]) => {
    const { color, dashes } = (list.find((tie) => tie.kind === kind && tie.status !== "terminated") ?? list.find((tie) => tie.kind === kind)).style;
    return { key: kind, name: kind, words: t("kind." + kind), count, mark: stroke(color, family === AGREEMENT ? 3.5 : 1.6, family === AGREEMENT ? false : dashes) };
  });
  return legendSection(family, title, rows, filters.kinds);
}

function statusSection() {
  const list = ties.filter((tie) => tie.family === AGREEMENT);
  if (!list.length) return null;
  const rows = [...countBy(list, (tie) => tie.status)].map(([status, count]) => {
    const { dashes } = list.find((tie) => tie.status === status).style;
    return { key: status, name: status, words: t("status." + status), count, mark: stroke(status === "terminated" ? "#8D8D8D" : "#B23246", 3, dashes) };
  });
  return legendSection("statuses", t("ui.status"), rows, filters.statuses);
}

/** Sections stay folded or open when the legend is drawn anew. */
const folded = new Set();

function legendSection(id, title, rows, off) {
  const change = () => { renderLegend(); filtersChanged(); };
  const setAll = (on) => { rows.forEach((row) => (on ? off.delete(row.key) : off.add(row.key))); change(); };
  const details = el("details", { open: !folded.has(id), id: `legend-${id}`, ontoggle: (event) => (event.target.open ? folded.delete(id) : folded.add(id)) },
    el("summary", {}, title),
    el("div", { class: "all" },
      el("button", { type: "button", class: "plain", onclick: () => setAll(true) }, t("ui.all")),
      el("button", { type: "button", class: "plain", onclick: () => setAll(false) }, t("ui.none"))));
  for (const row of rows) {
    const box = el("input", { type: "checkbox", checked: !off.has(row.key), "data-key": row.name, onchange: (event) => {
      if (event.target.checked) off.delete(row.key); else off.add(row.key);
      filtersChanged();
    } });
    details.append(el("div", { class: "row" },
      el("label", {}, box, row.mark, el("span", { class: "words" }, row.words), el("span", { class: "count" }, String(row.count))),
      el("button", { type: "button", class: "plain only", onclick: () => { rows.forEach((each) => off.add(each.key)); off.delete(row.key); change(); } }, t("ui.only"))));
  }
  return details;
}

function toggle(words, on, set, id) {
  return el("label", { class: "toggle" },
    el("input", { type: "checkbox", id, checked: on, onchange: (event) => { set(event.target.checked); filtersChanged(); } }), el("span", {}, words));
}

function confidenceSection() {
  if (!ties.some((tie) => tie.confidence !== null)) return null;
  const shownValue = el("output", {}, filters.confidence.toFixed(2));
  return el("section", { class: "slider" },
    el("label", {}, t("ui.confidence"), shownValue,
      el("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05, value: filters.confidence, oninput: (event) => {
        filters.confidence = Number(event.target.value);
        shownValue.textContent = filters.confidence.toFixed(2);
        filtersChanged({ soon: true });
      } })));
}
