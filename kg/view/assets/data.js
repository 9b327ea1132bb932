// The graph: nodes by number, ties by number, and who is tied to whom.
const nodes = data.nodes;
const N = nodes.id.length;
const AGREEMENT = "agreement";
const RELATION = "relation";
const PLACE = data.types.indexOf("Place");

const ties = data.ties.map(([kind, members, status, date, amount, event, title, facts], index) => ({
  index, kind, members, status, date, amount, event, title, facts,
  family: status === null ? RELATION : AGREEMENT,
  months: monthsOf(date),
  confidence: facts.reduce((best, fact) => (fact[2] === null ? best : Math.max(best ?? 0, fact[2])), null),
  style: data.tieStyles[`${kind}/${status ?? ""}`],
}));

/** First and last month that a date may mean, counted from year 0; null for a date without a year. */
function monthsOf(date) {
  const parts = /^(\d{4})(?:-(\d{2}))?/.exec(date ?? "");
  if (!parts) return null;
  const start = Number(parts[1]) * 12;
  return parts[2] ? [start + Number(parts[2]) - 1, start + Number(parts[2]) - 1] : [start, start + 11];
}

/** Ties of each node; agreements first, so that a path prefers them. */
const tiesOf = Array.from({ length: N }, () => []);
for (const family of [AGREEMENT, RELATION]) {
  for (const tie of ties) {
    if (tie.family !== family) continue;
    for (const member of new Set(tie.members)) tiesOf[member].push(tie);
  }
}

/** Nodes from the best tied to the least. */
const byWeight = Array.from({ length: N }, (_, index) => index).sort(
  (one, other) => nodes.weight[other] - nodes.weight[one] || one - other,
);

const typeName = (index) => data.types[nodes.type[index]];
const colourOf = (index) => data.typeStyles[nodes.type[index]][0];

/** What the name of a member says when a tie is read aloud: "A — B" or "A → B". */
function tieWords(tie) {
  const names = tie.members.map((member) => nodes.label[member]);
  if (tie.family === RELATION) return `${names[0]} → ${names[1]}`;
  return names.length === 1 ? `${names[0]} ${t("ui.party.unnamed")}` : names.join(" — ");
}
