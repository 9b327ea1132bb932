// Finding a node by any of its names.
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
const SUGGESTIONS = 12;
const names = nodes.label.map((label, index) => [label, ...nodes.aliases[index]].map(plain));
let found = [];
let active = -1;

/** Nodes whose names hold the words: equal first, then beginning with it, then holding it; names before aliases. */
function lookUp(query) {
  const wanted = plain(query);
  if (!wanted) return [];
  const hits = [];
  for (const index of byWeight) {
    let best = 9;
    let matched = 0;
    names[index].forEach((name, place) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      const score = (name === wanted ? 0 : at === 0 ? 2 : 4) + (place ? 1 : 0);
      if (score < best) [best, matched] = [score, place];
    });
    if (best < 9) hits.push({ index, best, alias: matched ? nodes.aliases[index][matched - 1] : null });
  }
  return hits.sort((one, other) => one.best - other.best).slice(0, SUGGESTIONS);
}

function renderSuggestions() {
  const query = $("search").value;
  found = lookUp(query);
  active = found.length ? 0 : -1;
  const list = $("suggestions");
  list.hidden = !plain(query);
  $("search").setAttribute("aria-expanded", String(!list.hidden));
  list.replaceChildren(...(found.length ? found.map(suggestion) : [el("li", { class: "quiet" }, t("ui.search.none", { q: query }))]));
  markActive();
}

function suggestion({ index, alias }, place) {
  return el("li", { role: "option", id: `option-${place}`, "data-node": index, onmousedown: (event) => { event.preventDefault(); take(place); } },
    typeMark(index), el("bdi", {}, nodes.label[index]), alias ? el("bdi", { class: "quiet" }, alias) : null,
    el("span", { class: "quiet end" }, [t("type." + typeName(index)), nodes.region[index]].filter(Boolean).join(" · ")));
}

function markActive() {
  [...$("suggestions").children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  if (active < 0) $("search").removeAttribute("aria-activedescendant");
  else $("search").setAttribute("aria-activedescendant", `option-${active}`);
}

function closeSuggestions() {
  $("suggestions").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
}

function take(place) {
  const hit = found[place];
  if (!hit) return;
  closeSuggestions();
  $("search").value = nodes.label[hit.index];
  $("search").blur();
  pickNode(hit.index, { travel: true });
}

function listenToSearch() {
  $("search").addEventListener("input", renderSuggestions);
  $("search").addEventListener("focus", (event) => { event.target.select(); if (plain(event.target.value)) renderSuggestions(); });
  $("search").addEventListener("blur", closeSuggestions);
  $("search").addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter ends a word in a Chinese input method first.
    if (event.key === "Enter") take(active);
    else if (event.key === "Escape") { event.target.value = ""; event.target.blur(); $("graph").focus(); }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) active = (active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length;
      markActive();
    }
    event.stopPropagation();
  });
}
