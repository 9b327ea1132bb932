// Taking a view away: a picture with its legend, a table of its facts with their quotes.
const fileName = (ending) => `${(data.title || "kg").replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60)}.${ending}`;

function save(blob, name) {
  const link = el("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
}

/** The view on white, with the title above and the legend of what it shows below. */
function pictureOfView() {
  const source = $("graph").querySelector("canvas");
  const ratio = window.devicePixelRatio || 1;
  const items = legendItems();
  const picture = document.createElement("canvas");
  const context = picture.getContext("2d");
  const width = source.width / ratio;
  const lines = wrapLegend(context, items, width);
  const foot = lines.length * 22 + 18;
  const height = source.height / ratio + 64 + foot;
  Object.assign(picture, { width: source.width, height: Math.round(height * ratio) });
  context.scale(ratio, ratio);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "#fafaf8";
  context.fillRect(0, 58, width, source.height / ratio);
  context.drawImage(source, 0, 58, width, source.height / ratio);
  context.fillStyle = INK;
  context.font = `600 19px ${FONT}`;
  context.fillText(shorten(data.title, 60), 18, 26);
  context.font = `13px ${FONT}`;
  context.fillStyle = QUIET;
  context.fillText($("status").textContent, 18, 46);
  lines.forEach((line, row) => line.forEach(([x, item]) => {
    const y = height - foot + 22 + row * 22;
    context.fillStyle = item.colour;
    if (item.line) context.fillRect(x, y - 6, 18, 3);
    else context.fillRect(x + 4, y - 9, 10, 10);
    context.fillStyle = INK;
    context.fillText(item.words, x + 24, y);
  }));
  return picture;
}

function legendItems() {
  const kinds = new Map();
  for (const tie of tiesAmong(drawn)) if (tie.family === AGREEMENT && tie.status !== "terminated") kinds.set(tie.kind, tie.style.color);
  const types = [...new Set([...drawn].map((index) => nodes.type[index]))].sort((one, other) => one - other);
  return [
    ...types.map((type) => ({ colour: data.typeStyles[type][0], words: t("type." + data.types[type]) })),
    ...[...kinds].map(([kind, colour]) => ({ colour, words: t("kind." + kind), line: true })),
  ];
}

function wrapLegend(context, items, width) {
  context.font = `13px ${FONT}`;
  const lines = [[]];
  let x = 18;
  for (const item of items) {
    const room = context.measureText(item.words).width + 46;
    if (x + room > width - 18 && lines.at(-1).length) {
      lines.push([]);
      x = 18;
    }
    lines.at(-1).push([x, item]);
    x += room;
  }
  return lines;
}

const savePicture = () => pictureOfView().toBlob((blob) => save(blob, fileName("png")), "image/png");

/** A cell of the table; a page's words must not run as a formula in a spreadsheet. */
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value !== "number" ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** All facts of the view, one a row and sentence, as comma-separated values with a byte order mark for Excel. */
function tableOfView() {
  const rows = [t("ui.csv.head").split(",")];
  const cite = ([source, quote, confidence]) => {
    const [title, publisher, published, url] = data.sources[source] ?? [];
    return [confidence, quote, title, publisher, published, url];
  };
  for (const tie of ties.filter(shownTie)) {
    const labels = tie.members.map((member) => nodes.label[member]);
    const start = [
      t("ui.family." + tie.family), labels[0], t("kind." + tie.kind), labels.slice(1).join("、"),
      tie.status ? t("status." + tie.status) : "", tie.date, tie.amount?.[0], tie.amount?.[1], tie.title,
    ];
    for (const fact of tie.facts.length ? tie.facts : [[-1, "", null]]) rows.push([...start, ...cite(fact)]);
  }
  for (const index of shownNodes()) {
    for (const [property, value, unit, date, facts] of nodes.figures[index]) {
      const start = [t("ui.family.figure"), nodes.label[index], t("figure." + property), "", "", date, value, unit, ""];
      for (const fact of facts) rows.push([...start, ...cite(fact)]);
    }
  }
  return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

const saveTable = () => save(new Blob([tableOfView()], { type: "text/csv;charset=utf-8" }), fileName("csv"));
