import { describe, expect, it } from 'vitest';
import { addressProblem } from '../../../src/main/delivery/channels/requests';

describe('the address of a channel', () => {
  it('of ntfy must end with a topic that can be read', () => {
    expect(addressProblem('ntfy', 'https://ntfy.example/pools%20watched')).toBeNull();
    expect(addressProblem('ntfy', 'https://ntfy.example/')).toBe('The address must end with the topic.');
    expect(addressProblem('ntfy', 'https://ntfy.example/100%')).toBe('The address must end with the topic.');
  });
});
