// Every promise of the collectors once more, over the second source.
import { testOverCoinGecko } from '../../support/sourceUnderTest';

testOverCoinGecko({ plan: 'demo', value: 'CG-test-0123456789' });
await import('./collectors.test');
await import('./marketCollectors.test');
