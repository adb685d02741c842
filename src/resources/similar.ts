/**
 * Whether one text is another with a typing error: at most two characters added, left out or
 * replaced, and in short texts one. Texts of very different length are told apart without comparing.
 */
export function isSimilar(a: string, b: string): boolean {
  const allowed = Math.min(a.length, b.length) < shortText ? 1 : 2;
  if (Math.abs(a.length - b.length) > allowed) return false;
  return distance(a, b) <= allowed;
}

/** In shorter texts two changes make another word. */
const shortText = 6;

/** Levenshtein's distance, a row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
