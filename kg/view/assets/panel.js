// The panel on the right: agreements at a glance, or all facts of what is picked.
function renderPanel() {
  const panel = $("panel");
  panel.replaceChildren(...panelOf());
  panel.scrollTop = 0;
}

function panelOf() {
  if (picked?.node !== undefined) return nodePanel(picked.node);
  if (picked?.tie) return tiePanel(picked.tie);
  if (picked?.circle !== undefined) return circlePanel(picked.circle);
  if (scope?.kind === "path") return pathPanel();
  return overviewPanel();
}

const closeButton = () =>
  el("button", { type: "button", class: "close", "aria-label": t("ui.close"), title: `${t("ui.close")} (Esc)`, onclick: unpick }, "×");

const newestFirst = (one, other) => {
  const key = (tie) => (tie.months ? tie.date : "");
  return key(other).localeCompare(key(one)) || one.index - other.index;
};

function overviewPanel() {
  const agreements = ties.filter((tie) => tie.family === AGREEMENT && shownTie(tie)).sort(newestFirst);
  return [
    el("h2", {}, t("ui.overview"), el("span", { class: "count" }, String(agreements.length))),
    agreements.length ? cards(agreements, agreementLine, 60) : el("p", { class: "quiet" }, t("ui.overview.none")),
  ];
}

/** An agreement on two lines; a click shows it. */
function agreementLine(tie) {
  const words = [day(tie.date), tie.amount ? quantity(...tie.amount) : ""].filter(Boolean).join(" · ");
  return el("button", { type: "button", class: "line", "data-tie": tie.index, onclick: () => pickTie(tie, { travel: true }) },
    el("span", { class: "who" }, el("bdi", {}, tieWords(tie))),
    el("span", { class: "what" }, stroke(tie.style.color, 3, tie.style.dashes), t("kind." + tie.kind),
      tie.status === "signed" ? null : el("span", { class: `chip ${tie.status}` }, t("status." + tie.status)),
      words ? el("span", { class: "quiet" }, words) : null));
}

function nodePanel(index) {
  const mine = tiesOf[index].filter((tie) => tieOn[tie.index]);
  const agreements = mine.filter((tie) => tie.family === AGREEMENT).sort(newestFirst);
  const aliases = nodes.aliases[index];
  const region = nodes.region[index] === nodes.label[index] ? null : nodes.region[index];
  return [
    closeButton(),
    el("h2", {}, typeMark(index, 16), el("bdi", {}, nodes.label[index])),
    el("p", { class: "quiet" }, [t("type." + typeName(index)), region, t("ui.degree", { n: mine.length })].filter(Boolean).join(" · ")),
    aliases.length ? el("p", { class: "aliases" }, el("span", { class: "quiet" }, t("ui.alias")), aliases.map((name) => el("bdi", {}, name))) : null,
    el("div", { class: "actions" },
      data.live ? el("a", { id: "dossier", href: dossierPath(index), target: "_top" }, t("ui.dossier")) : null,
      el("span", { class: "quiet" }, t("ui.focus")),
      [1, 2, 3].map((hops) => el("button", { type: "button", "data-hops": hops, onclick: () => focusOn(index, hops) }, t("ui.hops", { n: hops }))),
      el("button", { type: "button", id: "path-from", onclick: () => startPath(index) }, t("ui.path.from"))),
    section(t("ui.agreements"), agreements, (tie) => agreementCard(tie, index)),
    section(t("ui.figures"), nodes.figures[index], figureCard),
    ...relationSections(index, mine),
    mine.length || nodes.figures[index].length ? null : el("p", { class: "quiet" }, t("ui.nofacts")),
  ].filter(Boolean);
}

/** Where the server that gave this page has the dossier of a node: the path of its IRI. */
const dossierPath = (index) => {
  const address = webAddress(nodes.id[index]);
  return (address ? new URL(address).pathname : `/resource`) + "?" +
    new URLSearchParams(address ? { lang: language } : { iri: nodes.id[index], lang: language });
};

function section(title, list, make) {
  if (!list.length) return null;
  return el("section", {}, el("h3", {}, title, el("span", { class: "count" }, String(list.length))), cards(list, make));
}

/** Relations by kind and direction, in the order of the legend. */
function relationSections(index, mine) {
  const sections = new Map();
  for (const tie of mine.filter((each) => each.family === RELATION)) {
    const key = (tie.members[0] === index ? "kind." : "inverse.") + tie.kind;
    sections.set(key, [...(sections.get(key) ?? []), tie]);
  }
  return [...sections].map(([key, list]) => section(t(key), list, (tie) => relationCard(tie, index)));
}

function tiePanel(tie) {
  return [
    closeButton(),
    el("h2", {}, t("kind." + tie.kind)),
    tie.family === AGREEMENT ? agreementCard(tie) : wholeRelation(tie),
  ];
}

function circlePanel(circle) {
  const members = byWeight.filter((index) => way.group[index] === circle && nodeOn[index]);
  const links = bundles.filter((bundle) => bundle[0] === circle || bundle[1] === circle).sort((one, other) => other[2] - one[2] || other[3] - one[3]);
  return [
    closeButton(),
    el("h2", {}, t("ui.group", { name: circleName(way.circles[circle][0]) })),
    el("p", { class: "quiet" }, t("ui.group.members", { n: members.length })),
    el("div", { class: "actions" }, el("button", { type: "button", id: "open-circle", onclick: () => openCircle(circle) }, t("ui.open"))),
    el("section", {}, el("h3", {}, t("ui.group.hubs")), el("div", { class: "list" }, cards(members, nodeButton, 30))),
    links.length ? el("section", {}, el("h3", {}, t("ui.group.ties")), cards(links, (bundle) => circleLink(circle, bundle), 12)) : null,
  ].filter(Boolean);
}

function circleLink(circle, [one, other, agreements, relations]) {
  const there = one === circle ? other : one;
  return el("button", { type: "button", class: "line", onclick: () => pickCircle(there, { travel: true }) },
    el("span", { class: "who" }, el("bdi", {}, circleName(way.circles[there][0]))),
    el("span", { class: "what quiet" }, `${t("ui.agreements")} ${agreements} · ${t("ui.relations")} ${relations}`));
}

function pathPanel() {
  const steps = scope.steps.slice(1).map((index, place) => {
    const before = scope.steps[place];
    const between = tiesOf[before].filter((tie) => shownTie(tie) && tie.members.includes(index));
    return el("section", {}, el("h3", {}, nodes.label[before], " — ", nodes.label[index]),
      cards(between, (tie) => (tie.family === AGREEMENT ? agreementCard(tie) : wholeRelation(tie)), 5));
  });
  const [from, to] = [scope.steps[0], scope.steps.at(-1)].map((index) => nodes.label[index]);
  return [closeButton(), el("h2", {}, t("ui.path.on", { from, to, n: scope.steps.length - 1 })), ...steps];
}
