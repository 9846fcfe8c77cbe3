// Status as shape + word + lightness, never colour alone. The shapes are drawn, because fonts draw ● and ◐ in different sizes.
import type { ReactNode } from 'react';
import type { CollectorHealth, VerdictLevel } from '../../../../shared/contract/snapshot';
import type { AlertState, Severity } from '../../../../shared/domain/alerts';
import type { StoreState } from '../../../../shared/domain/database';
import type { PlainTextKey } from '../../texts/textKeys';
import classes from './statusMark.module.css';

export type StatusTone = 'ok' | 'running' | 'late' | 'degraded' | 'down' | 'info' | 'paused' | 'none';

const SHAPES: Readonly<Record<StatusTone, ReactNode>> = {
  ok: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  running: (
    <>
      <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 2.8a5.2 5.2 0 0 0 0 10.4z" fill="currentColor" />
    </>
  ),
  late: (
    <>
      <circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 8V2.8A5.2 5.2 0 0 1 13.2 8z" fill="currentColor" />
    </>
  ),
  degraded: <path d="M8 2.2 14.4 13.6H1.6z" fill="currentColor" />,
  down: <rect x="2.6" y="2.6" width="10.8" height="10.8" rx="1" fill="currentColor" />,
  info: (
    <>
      <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M8 7.2v4M8 4.6v1.2" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  paused: (
    <>
      <rect x="3.6" y="3" width="3" height="10" rx="0.6" fill="currentColor" />
      <rect x="9.4" y="3" width="3" height="10" rx="0.6" fill="currentColor" />
    </>
  ),
  none: <circle cx="8" cy="8" r="4.8" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

interface StatusGlyphProps {
  readonly tone: StatusTone;
  readonly size?: number;
}

/** The shape alone; decoration for screen readers, so a word must stand next to it. */
export function StatusGlyph({ tone, size = 14 }: StatusGlyphProps): ReactNode {
  return (
    <svg className={classes.glyph} data-tone={tone} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[tone]}
    </svg>
  );
}

export interface StatusMarkProps extends StatusGlyphProps {
  readonly word: string;
}

export function StatusMark({ tone, word, size }: StatusMarkProps): ReactNode {
  return (
    <span className={classes.mark} data-tone={tone}>
      <StatusGlyph tone={tone} size={size} />
      <span className={classes.word}>{word}</span>
    </span>
  );
}

export interface StatusLook {
  readonly tone: StatusTone;
  readonly wordKey: PlainTextKey;
}

export const HEALTH_LOOKS: Readonly<Record<CollectorHealth, StatusLook>> = {
  ok: { tone: 'ok', wordKey: 'status.health.ok' },
  running: { tone: 'running', wordKey: 'status.health.running' },
  late: { tone: 'late', wordKey: 'status.health.late' },
  degraded: { tone: 'degraded', wordKey: 'status.health.degraded' },
  down: { tone: 'down', wordKey: 'status.health.down' },
  paused: { tone: 'paused', wordKey: 'status.health.paused' },
  no_data: { tone: 'none', wordKey: 'status.health.no_data' },
};

export const STORE_LOOKS: Readonly<Record<StoreState, StatusLook>> = {
  starting: { tone: 'none', wordKey: 'status.store.starting' },
  ok: { tone: 'ok', wordKey: 'status.store.ok' },
  degraded: { tone: 'degraded', wordKey: 'status.store.degraded' },
  spooling: { tone: 'degraded', wordKey: 'status.store.spooling' },
  recovering: { tone: 'running', wordKey: 'status.store.recovering' },
  read_only: { tone: 'degraded', wordKey: 'status.store.read_only' },
  failed: { tone: 'down', wordKey: 'status.store.failed' },
  closed: { tone: 'paused', wordKey: 'status.store.closed' },
};

export const VERDICT_LOOKS: Readonly<Record<VerdictLevel, StatusLook>> = {
  starting: { tone: 'none', wordKey: 'status.verdict.starting' },
  ok: { tone: 'ok', wordKey: 'status.verdict.ok' },
  degraded: { tone: 'degraded', wordKey: 'status.verdict.degraded' },
  down: { tone: 'down', wordKey: 'status.verdict.down' },
  paused: { tone: 'paused', wordKey: 'status.verdict.paused' },
};

export const SEVERITY_LOOKS: Readonly<Record<Severity, StatusLook>> = {
  critical: { tone: 'down', wordKey: 'status.severity.critical' },
  warning: { tone: 'degraded', wordKey: 'status.severity.warning' },
  info: { tone: 'info', wordKey: 'status.severity.info' },
};

/** Of one rule on one target; while it fires its severity says more. */
export const ALERT_STATE_LOOKS: Readonly<Record<AlertState, StatusLook>> = {
  inactive: { tone: 'ok', wordKey: 'status.alert.inactive' },
  pending: { tone: 'late', wordKey: 'status.alert.pending' },
  firing: { tone: 'degraded', wordKey: 'status.alert.firing' },
  recovering: { tone: 'running', wordKey: 'status.alert.recovering' },
  resolved: { tone: 'ok', wordKey: 'status.alert.resolved' },
};
