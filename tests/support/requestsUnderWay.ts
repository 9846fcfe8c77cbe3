// Lets real requests end before fake time goes on: on a busy machine a minute of fake time could pass during one of them.
import { subscribe } from 'node:diagnostics_channel';
import { settle } from './fakeClock';

let underWay = 0;
subscribe('undici:request:create', () => (underWay += 1));
for (const end of ['undici:request:trailers', 'undici:request:error']) subscribe(end, () => (underWay -= 1));

/** For a FakeClock, where every answer comes without fake time: resolves when no request is under way. */
export async function requestsAnswered(): Promise<void> {
  do await settle();
  while (underWay > 0);
}
