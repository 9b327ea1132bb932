// What the reader wants to see: types, kinds, status, time, confidence.
const filters = {
  types: new Set(), kinds: new Set(), statuses: new Set(), // switched off
  from: null, to: null, undated: true, confidence: 0, unconnected: false,
};
const nodeOn = new Uint8Array(N).fill(1);
const tieOn = new Uint8Array(ties.length).fill(1);
const dated = ties.filter((tie) => tie.family === AGREEMENT && tie.months);
const firstMonth = dated.reduce((least, tie) => Math.min(least, tie.months[0]), Infinity);
const lastMonth = dated.reduce((most, tie) => Math.max(most, tie.months[1]), -Infinity);

function resetFilters() {
  for (const off of [filters.types, filters.kinds, filters.statuses]) off.clear();
  Object.assign(filters, { from: null, to: null, undated: true, confidence: 0, unconnected: false });
}

function passes(tie) {
  if (filters.kinds.has(tie.kind)) return false;
  if (tie.confidence !== null && tie.confidence < filters.confidence) return false;
  if (tie.members.some((member) => filters.types.has(nodes.type[member]))) return false;
  if (tie.family === RELATION) return true;
  if (filters.statuses.has(tie.status)) return false;
  if (!tie.months) return filters.undated;
  if (filters.from !== null && tie.months[1] < filters.from) return false;
  return filters.to === null || tie.months[0] <= filters.to;
}

/** Works out what is on; a node goes when the filters took all its ties, unless the reader asks for it. */
function applyFilters() {
  for (const tie of ties) tieOn[tie.index] = passes(tie) ? 1 : 0;
  for (let index = 0; index < N; index += 1) {
    const tied = tiesOf[index];
    const connected = tied.length === 0 || filters.unconnected || tied.some((tie) => tieOn[tie.index]);
    nodeOn[index] = !filters.types.has(nodes.type[index]) && connected ? 1 : 0;
  }
}

const filtered = () =>
  filters.types.size + filters.kinds.size + filters.statuses.size > 0 ||
  filters.from !== null || filters.to !== null || !filters.undated || filters.confidence > 0;
