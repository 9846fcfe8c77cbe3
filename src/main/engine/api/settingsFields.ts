// The argument of a change of the settings: which parts of them it may speak of. What it says of them is validated by the settings'
// own schema, once it stands among the saved ones.
import { z } from 'zod';
import { CHANGEABLE_SECTIONS, type SettingsChange } from '../../../shared/contract/settings';

const anything = z.json().optional();
const sections = Object.fromEntries(CHANGEABLE_SECTIONS.map((section) => [section, anything]));

export const settingsChange = z.strictObject({
  ...sections,
  source: z.strictObject({ callsPerMinute: anything }).optional(),
}) as unknown as z.ZodType<SettingsChange>;
