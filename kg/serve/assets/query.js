// The query page: Yasqe as the editor, results as a table made of text only, with links to dossiers.
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const form = $("ask");
  const words = JSON.parse(form.dataset.words);
  const SHOWN = 1000;
  const FILES = { JSON: "application/sparql-results+json", CSV: "text/csv", TSV: "text/tab-separated-values", XML: "application/sparql-results+xml" };
  const GRAPHS = { Turtle: "text/turtle", "JSON-LD": "application/ld+json", "N-Triples": "application/n-triples", "RDF/XML": "application/rdf+xml" };
  let running = null;

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  function element(tag, text, properties = {}) {
    const made = Object.assign(document.createElement(tag), properties);
    if (text !== undefined) made.append(text);
    return made;
  }

  const editor = startEditor();
  const text = () => (editor ? editor.getValue() : $("text").value);

  /** The editor in the place of the plain text field, which stays where there is none. */
  function startEditor() {
    if (typeof Yasqe === "undefined") return null;
    // Nothing is asked of other hosts, and nothing is kept in the browser.
    Yasqe.forkAutocompleter("prefixes", {
      name: "known-prefixes", persistenceId: null,
      get: () => Promise.resolve(Object.entries(words.prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort()),
    });
    Object.assign(Yasqe.defaults, {
      persistenceId: null, autocompleters: ["known-prefixes", "variables"], createShareableLink: null, showQueryButton: false, resizeable: false,
    });
    const made = new Yasqe($("editor"), { value: $("text").value, lineNumbers: true });
    $("editor").hidden = false;
    $("text").hidden = true;
    made.setSize(null, "20em");
    made.refresh();
    made.addKeyMap({ "Ctrl-Enter": ask, "Cmd-Enter": ask });
    return made;
  }

  /** Where this server shows what an IRI names, or null for what is no web address. */
  function path(iri) {
    try {
      const url = new URL(iri);
      if (!["http:", "https:"].includes(url.protocol)) return null;
      const plain = !url.search && !url.hash && url.pathname.length > 1;
      const parameters = plain ? { lang: words.lang } : { iri, lang: words.lang };
      return `${plain ? url.pathname : "/resource"}?${new URLSearchParams(parameters)}`;
    } catch {
      return null;
    }
  }

  function cell(term) {
    const made = element("td");
    if (!term) return made;
    const shown = element("bdi", term.type === "triple" ? JSON.stringify(term.value) : term.value);
    const target = term.type === "uri" ? path(term.value) : null;
    made.append(target ? element("a", shown, { href: target, title: term.value }) : shown);
    if (term.type === "uri") shown.textContent = decodeURI(term.value).replace(/^.*[/#](?=.)/, "");
    if (/#(integer|decimal|double)$/.test(term.datatype ?? "")) made.className = "number";
    return made;
  }

  function table(columns, rows) {
    const head = element("tr");
    head.append(...columns.map((name) => element("th", name)));
    const body = element("tbody");
    for (const row of rows.slice(0, SHOWN)) {
      const line = element("tr");
      line.append(...columns.map((name) => cell(row[name])));
      body.append(line);
    }
    const made = element("table");
    made.append(element("thead", head), body);
    return made;
  }

  function fetchAs(kind) {
    return fetch("/sparql", { method: "POST", headers: { Accept: kind, "Content-Type": "application/sparql-query" }, body: text(), signal: running?.signal });
  }

  function offer(kinds) {
    const place = $("downloads");
    place.hidden = false;
    while (place.children.length > 1) place.lastChild.remove();
    for (const [name, kind] of Object.entries(kinds)) {
      const button = element("button", name, { type: "button" });
      button.addEventListener("click", async () => {
        const answer = await fetchAs(kind);
        if (!answer.ok) return say(await answer.text(), true);
        const link = element("a", undefined, { href: URL.createObjectURL(await answer.blob()), download: `results.${name.toLowerCase().replace(/\W/g, "")}` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      });
      place.append(" ", button);
    }
  }

  function say(message, fault = false) {
    $("said").textContent = message;
    $("said").className = fault ? "fault" : "";
  }

  async function ask() {
    running?.abort();
    running = new AbortController();
    const start = performance.now();
    $("run").disabled = true;
    $("downloads").hidden = true;
    $("results").replaceChildren();
    say("…");
    try {
      const answer = await fetchAs("application/sparql-results+json, text/turtle;q=0.9");
      const body = await answer.text();
      if (!answer.ok) return say(body.trim(), true);
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      if (!answer.headers.get("Content-Type").includes("json")) return showGraph(body, seconds);
      show(JSON.parse(body), seconds);
    } catch (error) {
      if (error.name !== "AbortError") say(String(error), true);
    } finally {
      $("run").disabled = false;
    }
  }

  function show(found, seconds) {
    if ("boolean" in found) return say(found.boolean ? words.yes : words.no);
    const rows = found.results.bindings;
    say(rows.length ? fill(words.rows, { n: rows.length, s: seconds }) + (rows.length > SHOWN ? ` · ${fill(words.some, { n: SHOWN })}` : "") : words.none);
    if (rows.length) $("results").append(table(found.head.vars, rows));
    offer(FILES);
  }

  function showGraph(turtle, seconds) {
    say(fill(words.triples, { s: seconds }));
    $("results").append(element("pre", turtle.length > 200000 ? `${turtle.slice(0, 200000)}\n…` : turtle));
    offer(GRAPHS);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
})();
