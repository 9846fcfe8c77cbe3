import { describe, expect, it } from 'vitest';
import { checkRule } from '../../../src/shared/domain/ruleCheck';
import { fakeRule } from '../renderer/support/fakeAlerts';

const RULE = fakeRule();
const fieldsOf = (value: unknown) => checkRule(value).problems.map(({ field }) => field);

describe('the check of a rule', () => {
  it('lets a rule through as it is', () => expect(checkRule(RULE)).toEqual({ rule: RULE, problems: [] }));

  it.each([
    ['no object', [1], [null]],
    ['a field too many', { ...RULE, colour: 'red' }, [null]],
    ['an id with the sign that parts keys', { ...RULE, id: 'a|b' }, ['id']],
    ['an unknown metric', { ...RULE, metric: 'toString' }, ['metric']],
    ['a level that is no number', { ...RULE, fire: Number.NaN }, ['fire']],
    ['an empty list of targets', { ...RULE, targets: [] }, ['targets']],
    ['a share beyond the whole', { ...RULE, metric: 'host.errorRate', fire: 1.5, clear: 0.5 }, ['fire']],
    ['clearing above what fires', { ...RULE, clear: 4 }, ['clear']],
    ['clearing below what fires, the other way round', { ...RULE, comparison: 'below', clear: 2 }, ['clear']],
    ['no time between readings', { ...RULE, expectedEveryMs: 0 }, ['expectedEveryMs']],
  ])('stops %s', (_, value, fields) => expect(fieldsOf(value)).toEqual(fields));

  it('names every field that is missing', () => {
    expect(fieldsOf({})).toEqual(Object.keys(RULE));
  });

  it('lets a rule fire and clear at the same level, because clearing is strictly on the good side', () => {
    expect(checkRule({ ...RULE, clear: 3 }).problems).toEqual([]);
  });
});
