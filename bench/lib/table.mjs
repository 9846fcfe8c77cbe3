// Medians (and worst values) of a scenario's rounds as one table, and the promises that were not kept.

export function median(numbers) {
  const sorted = numbers.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** @param {Map<string, Record<string, number>[]>} figures by variant, one entry per round */
export function tableText(scenario, figures) {
  const names = [...new Set([...figures.values()].flatMap((runs) => runs.flatMap(Object.keys)))];
  const variants = [...figures.keys()];
  const rounds = Math.max(0, ...[...figures.values()].map((runs) => runs.length));
  const width = Math.max(0, ...names.map((name) => name.length));
  const head = `${scenario}: medians of ${rounds} (largest)`.padEnd(width + 2);
  const lines = [`\n${head}${variants.map((name) => name.padStart(22)).join('')}`];
  for (const name of names) {
    const cells = variants.map((variant) => {
      const values = (figures.get(variant) ?? []).map((run) => run[name]).filter((value) => typeof value === 'number');
      return (values.length > 0 ? `${shown(median(values))} (${shown(Math.max(...values))})` : '-').padStart(22);
    });
    lines.push(`${name.padEnd(width + 2)}${cells.join('')}`);
  }
  return `${lines.join('\n')}\n`;
}

/** One line per promise that the medians miss. */
export function missedPromises(runs, gates) {
  return [...gates].flatMap(({ figure, atLeast, atMost }) => {
    const value = median(runs.map((run) => run[figure]));
    const kept =
      value !== null && (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
    if (kept) return [];
    const promised = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
    return [`MISSED  ${figure} is ${shown(value)}, promised ${promised}`];
  });
}

function shown(value) {
  return value === null ? '-' : Math.abs(value) >= 100 ? Math.round(value) : Number(value.toFixed(2));
}
