// What each kind of receiver expects: the address to post to, headers and body. Pure.
// Slack: incoming webhooks take {"text"} with &, < and > escaped. ntfy: JSON is published to the root of the server, with the topic
// inside (docs of ntfy, "Publish as JSON"), because headers cannot carry every character.
import type { ChannelAddress } from '../../../shared/contract/delivery';
import type { Severity } from '../../../shared/domain/alerts';
import type { Message, RemoteChannelKind } from '../../../shared/domain/delivery';
import { assertNever } from '../../../shared/util/assertNever';

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Of ntfy: 3 is the usual one, 5 breaks through "do not disturb". */
const NTFY_PRIORITIES: Readonly<Record<Severity, number>> = { info: 2, warning: 3, critical: 5 };

/** The version of the generic JSON; grows when a field changes its meaning. */
const JSON_VERSION = 1;

export function postRequest(kind: RemoteChannelKind, { url, token }: ChannelAddress, message: Message): PostRequest {
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': message.idempotencyKey,
    ...(token !== null && { authorization: `Bearer ${token}` }),
  };
  switch (kind) {
    case 'webhook':
      return { url, headers, body: JSON.stringify(genericBody(message)) };
    case 'slack':
      return { url, headers, body: JSON.stringify({ text: slackText(message) }) };
    case 'ntfy': {
      const { server, topic } = ntfyTopic(url);
      return { url: server, headers, body: JSON.stringify(ntfyBody(topic, message)) };
    }
    default:
      return assertNever(kind);
  }
}

/** Why an address will not do, in a sentence that does not repeat it; null when it will. */
export function addressProblem(kind: RemoteChannelKind, address: string): string | null {
  if (!URL.canParse(address)) return 'This is not a web address.';
  const { protocol, username, password } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return 'The address must begin with https:// or http://.';
  if (username !== '' || password !== '') return 'The address must not hold a user name or password.';
  if (kind === 'ntfy' && ntfyTopic(address).topic === '') return 'The address must end with the topic.';
  return null;
}

function genericBody({ idempotencyKey, incidentId, kind, severity, title, body, atMs }: Message): object {
  return {
    source: 'poolwatch',
    version: JSON_VERSION,
    id: idempotencyKey,
    incidentId,
    kind,
    severity,
    title,
    body,
    at: new Date(atMs).toISOString(),
  };
}

function slackText({ title, body }: Message): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const heading = `*${escaped(title).replaceAll('*', '∗')}*`;
  return body === '' ? heading : `${heading}\n${escaped(body)}`;
}

function ntfyBody(topic: string, { kind, severity, title, body }: Message): object {
  return {
    topic,
    title,
    // Without a message ntfy writes "triggered".
    message: body === '' ? title : body,
    priority: kind === 'resolved' ? NTFY_PRIORITIES.info : NTFY_PRIORITIES[severity],
    tags: ['poolwatch', kind === 'resolved' ? 'over' : severity],
  };
}

function ntfyTopic(address: string): { readonly server: string; readonly topic: string } {
  const { origin, pathname } = new URL(address);
  const parts = pathname.split('/').filter((part) => part !== '');
  const topic = decoded(parts.pop() ?? '');
  return { server: `${origin}/${parts.join('/')}`, topic };
}

/** Empty where a percent sign stands for nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
