// Agreements over time, and two handles that narrow the page to a part of it.
const monthWords = (month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

function timelineSection() {
  if (!dated.length || firstMonth === lastMonth) return null;
  const words = el("output", { id: "time-words" });
  const handle = (id, label, value, read) => el("input", {
    type: "range", id, "aria-label": label, min: firstMonth, max: lastMonth, step: 1, value,
    oninput: (event) => { read(Number(event.target.value)); update(); filtersChanged({ soon: true }); },
  });
  const from = handle("time-from", t("ui.time.from"), filters.from ?? firstMonth, (month) => {
    filters.from = month === firstMonth ? null : month;
    if (filters.to !== null && month > filters.to) filters.to = month;
  });
  const to = handle("time-to", t("ui.time.to"), filters.to ?? lastMonth, (month) => {
    filters.to = month === lastMonth ? null : month;
    if (filters.from !== null && month < filters.from) filters.from = month;
  });
  const bars = histogram();
  const update = () => {
    const [start, end] = [filters.from ?? firstMonth, filters.to ?? lastMonth];
    from.value = start;
    to.value = end;
    for (const [input, month] of [[from, start], [to, end]]) input.setAttribute("aria-valuetext", monthWords(month));
    words.textContent = `${monthWords(start)} – ${monthWords(end)}`;
    for (const bar of bars.querySelectorAll("rect")) {
      bar.classList.toggle("out", Number(bar.dataset.end) < start || Number(bar.dataset.start) > end);
    }
  };
  update();
  const undated = ties.filter((tie) => tie.family === AGREEMENT && !tie.months).length;
  return el("section", { class: "slider", id: "timeline" },
    el("h3", {}, t("ui.time"), words), bars, el("div", { class: "range" }, from, to),
    undated ? toggle(t("ui.undated", { n: undated }), filters.undated, (on) => { filters.undated = on; }, "undated") : null);
}

/** Bars of months, or of longer spans where months would be too thin. */
function histogram() {
  const span = lastMonth - firstMonth + 1;
  const step = span <= 36 ? 1 : span <= 108 ? 3 : 12;
  const counts = new Array(Math.ceil(span / step)).fill(0);
  for (const tie of dated) counts[Math.floor((tie.months[0] - firstMonth) / step)] += 1;
  const most = Math.max(...counts);
  const width = 220 / counts.length;
  return svg("svg", { viewBox: "0 0 220 44", class: "bars", "aria-hidden": "true" }, ...counts.map((count, place) => {
    const height = count ? Math.max(2, (count / most) * 42) : 0;
    const start = firstMonth + place * step;
    return svg("rect", {
      x: (place * width + 0.5).toFixed(2), y: (44 - height).toFixed(2), width: Math.max(1, width - 1).toFixed(2), height: height.toFixed(2),
      "data-start": start, "data-end": start + step - 1,
    });
  }));
}
