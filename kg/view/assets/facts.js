// One fact as the reader sees it: what, who, when, how much, and the sentence of the page that says so.
function typeMark(index, size = 12) {
  const [colour, shape] = data.typeStyles[nodes.type[index]];
  return mark(colour, shape, size);
}

const SHAPES = {
  square: "3,3 13,3 13,13 3,13", diamond: "8,1 15,8 8,15 1,8", triangle: "8,2 15,14 1,14",
  triangleDown: "1,2 15,2 8,14", hexagon: "4,2 12,2 16,8 12,14 4,14 0,8",
  star: "8,0 10,6 16,6 11,10 13,16 8,12 3,16 5,10 0,6 6,6",
};

/** The symbol of a type, as in the graph. */
function mark(colour, shape, size = 12) {
  const inner = SHAPES[shape] ? svg("polygon", { points: SHAPES[shape], fill: colour }) : svg("circle", { cx: 8, cy: 8, r: 6.5, fill: colour });
  return svg("svg", { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", class: "mark" }, inner);
}

/** The line of a kind of tie, as in the graph. */
function stroke(colour, width, dashes) {
  return svg("svg", { viewBox: "0 0 26 10", width: 26, height: 10, "aria-hidden": "true", class: "mark" },
    svg("line", { x1: 1, y1: 5, x2: 25, y2: 5, stroke: colour, "stroke-width": width, "stroke-dasharray": dashes ? dashes.map((length) => length / 2).join(" ") : "none" }));
}

const nodeButton = (index) =>
  el("button", { type: "button", class: "name", "data-node": index, onclick: () => pickNode(index, { travel: true }) },
    typeMark(index), el("bdi", {}, nodes.label[index]));

/** An agreement: type, status, date, amount, the parties, the event, the quotes. */
function agreementCard(tie, from = null) {
  const others = tie.members.filter((member) => member !== from);
  return el("article", { class: "card agreement", "data-tie": tie.index },
    el("header", {},
      el("button", { type: "button", class: "kind", style: null, onclick: () => pickTie(tie, { travel: true }) },
        stroke(tie.style.color, 3, tie.style.dashes), t("kind." + tie.kind)),
      el("span", { class: `chip ${tie.status}` }, t("status." + tie.status)),
      el("time", {}, day(tie.date) || t("ui.date.unknown")),
      tie.amount ? el("b", {}, quantity(...tie.amount)) : null),
    el("div", { class: "parties" }, others.map(nodeButton),
      tie.members.length === 1 ? el("span", { class: "quiet" }, t("ui.party.unnamed")) : null),
    tie.event === null ? null : el("div", { class: "event" }, el("span", { class: "quiet" }, t("ui.event")), nodeButton(tie.event)),
    quotes(tie.facts));
}

/** A relation seen from one of its ends: the other end, the title, the quotes. */
function relationCard(tie, from) {
  const other = tie.members[0] === from ? tie.members[1] : tie.members[0];
  return el("article", { class: "card", "data-tie": tie.index },
    el("div", { class: "parties" }, nodeButton(other), tie.title ? el("span", { class: "quiet" }, tie.title) : null),
    quotes(tie.facts));
}

/** A relation with both its ends. */
function wholeRelation(tie) {
  return el("article", { class: "card", "data-tie": tie.index },
    el("div", { class: "parties" }, nodeButton(tie.members[0]), el("span", { class: "quiet" }, t("kind." + tie.kind)),
      tie.title ? el("span", { class: "quiet" }, `（${tie.title}）`) : null, nodeButton(tie.members[1])),
    quotes(tie.facts));
}

function figureCard([property, value, unit, date, facts]) {
  return el("article", { class: "card" },
    el("header", {}, el("span", {}, t("figure." + property)), el("b", {}, quantity(value, unit)), date ? el("time", {}, day(date)) : null),
    quotes(facts));
}

const quotes = (facts) => facts.filter((fact) => fact[1] || fact[0] >= 0).map(quoteBlock);

function quoteBlock([source, quote, confidence]) {
  const [title, publisher, published, url, path] = data.sources[source] ?? ["", null, null, null, null];
  const link = webAddress(url);
  const words = [publisher, day(published)].filter(Boolean).join(" · ");
  const cited = `“${quote}”\n——${[title, publisher, day(published), url ?? path].filter(Boolean).join("，")}`;
  return el("figure", {},
    quote ? el("blockquote", { dir: "auto", lang: "zh-Hans" }, quote) : null,
    el("figcaption", {},
      el("bdi", { title: path ?? "" }, title), words ? el("span", {}, words) : null,
      confidence === null ? null : el("span", { class: "quiet" }, t("ui.confidence.short", { n: confidence.toFixed(2) })),
      link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, t("ui.source.open")) : null,
      quote ? el("button", { type: "button", class: "plain", onclick: (event) => copy(cited, event.currentTarget) }, t("ui.copy")) : null));
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Some browsers keep the clipboard from pages opened from disk; a selection still works there.
    const area = el("textarea", { value: text, class: "offscreen" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.textContent = t("ui.copied");
  setTimeout(() => { button.textContent = t("ui.copy"); }, 1500);
}

/** The first cards of a list, and a button for the next ones. */
function cards(list, make, size = 20) {
  const holder = el("div", { class: "cards" });
  const more = (start) => {
    holder.append(...list.slice(start, start + size).map(make));
    const left = list.length - start - size;
    if (left <= 0) return;
    const button = el("button", { type: "button", class: "more", onclick: () => { button.remove(); more(start + size); } },
      t("ui.more", { n: Math.min(size, left) }) + (left > size ? ` / ${left}` : ""));
    holder.append(button);
  };
  more(0);
  return holder;
}
