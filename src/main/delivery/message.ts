// How a delivery is worded: short, plain, the same on every channel. Pure.
import { createHash } from 'node:crypto';
import type { Severity } from '../../shared/domain/alerts';
import { SEVERITIES } from '../../shared/domain/alerts';
import type { Delivery, Message } from '../../shared/domain/delivery';
import { formatQuantity } from '../../shared/util/format';
import { redact } from './redact';

const SEVERITY_WORDS = { info: 'Note', warning: 'Warning', critical: 'Critical' } as const;
const MAX_TITLE_CHARS = 160;
const MAX_BODY_CHARS = 1_000;
const TITLES_IN_DIGEST = 5;

export function toMessage(delivery: Delivery, secrets: Iterable<string>): Message {
  const { key, incidentId, kind, severity, noticeAtMs } = delivery;
  const known = [...secrets];
  return {
    idempotencyKey: idempotencyKey(key),
    incidentId,
    kind,
    severity,
    title: cut(`${leadOf(delivery)}${redact(delivery.title, known)}`, MAX_TITLE_CHARS),
    body: cut(redact(delivery.body, known), MAX_BODY_CHARS),
    atMs: noticeAtMs,
  };
}

/** Fit for an HTTP header, whatever the ids are made of. */
export function idempotencyKey(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

/** The title of every other notice begins with what kind it is. */
function leadOf({ kind, severity }: Delivery): string {
  return kind === 'fired' ? `${SEVERITY_WORDS[severity]}: ` : '';
}

/** One summary in place of several deliveries, oldest first. */
export function digestText(members: readonly Delivery[]): { readonly title: string; readonly body: string } {
  const over = members.filter(({ kind }) => kind === 'resolved').length;
  const titles = members.slice(0, TITLES_IN_DIGEST).map((member) => `${leadOf(member)}${member.title}`);
  const others = members.length - titles.length;
  return {
    title: `${formatQuantity(members.length, 'more notice')}${over > 0 ? `, ${over} of them that something is over` : ''}`,
    body: [...titles, ...(others > 0 ? [`and ${formatQuantity(others, 'other')}`] : [])].join('\n'),
  };
}

export function worstSeverity(severities: readonly Severity[]): Severity {
  return SEVERITIES[Math.max(0, ...severities.map((severity) => SEVERITIES.indexOf(severity)))] ?? 'info';
}

function cut(text: string, maxChars: number): string {
  const characters = Array.from(text);
  return characters.length <= maxChars ? text : `${characters.slice(0, maxChars - 1).join('')}…`;
}
