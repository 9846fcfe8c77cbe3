// The stand-in market once more, as CoinGecko serves it to those with a key.
import { testOverCoinGecko } from '../support/sourceUnderTest';

testOverCoinGecko({ plan: 'pro', value: 'CG-test-0123456789' });
await import('./sourceDemoMarket.test');
