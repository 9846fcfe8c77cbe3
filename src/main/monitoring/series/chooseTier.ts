// Which tier answers a question: the coarsest that still has a bucket for every point, because it has the fewest rows to read.
import { SAMPLE_TIERS, type SampleTier } from '../../../shared/domain/series';

const DAY_S = 86_400;

export interface Grid {
  readonly tier: SampleTier;
  /** Beginning of the first bucket of the answer, and their width: a whole number of the tier's buckets. */
  readonly fromS: number;
  readonly stepS: number;
}

/** What a tier keeps no longer is told by a coarser one. */
export function chooseTier(fromS: number, toS: number, points: number, nowS: number): Grid {
  const spanS = Math.max(1, toS - fromS);
  const kept = SAMPLE_TIERS.filter(({ keepDays }) => keepDays === null || fromS >= nowS - keepDays * DAY_S);
  const fine = kept.filter(({ widthS }) => spanS / widthS >= points);
  const tier = fine.at(-1) ?? kept[0] ?? SAMPLE_TIERS[4];
  return {
    tier,
    fromS: Math.floor(fromS / tier.widthS) * tier.widthS,
    stepS: Math.max(1, Math.ceil(spanS / points / tier.widthS)) * tier.widthS,
  };
}
