// Every collector on a real database once more, with what CoinGecko serves to those with a key.
import { testOverCoinGecko } from '../support/sourceUnderTest';

testOverCoinGecko({ plan: 'demo', value: 'CG-test-0123456789' });
await import('./collectors.test');
