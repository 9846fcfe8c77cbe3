// Property names travel in camelCase, columns are snake_case: `volumeUsdH24` is stored as `volume_usd_h24`.

export function columnName(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
