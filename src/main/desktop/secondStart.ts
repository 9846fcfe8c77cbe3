// What a second start of the program hands to the first. Any program of this user can say it, so it is taken for a stranger's word.
import { z } from 'zod';

const schema = z.object({ link: z.string().max(1_000).nullable().catch(null), hidden: z.boolean().catch(false) });

export interface SecondStart {
  readonly link: string | null;
  /** It was meant to open no window: the session started it beside one that runs already. */
  readonly hidden: boolean;
}

export function secondStart(said: unknown): SecondStart {
  const parsed = schema.safeParse(said);
  return parsed.success ? parsed.data : { link: null, hidden: false };
}
