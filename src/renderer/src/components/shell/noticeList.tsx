// The notices, newest first: each says what happened, whether anybody was told, and leads to its incident.
import { Button, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { QueryAnswer } from '../../../../shared/contract/queries';
import { useQuery } from '../../hooks/useQuery';
import { navigate } from '../../store/route';
import { Age } from '../age';
import { Notice } from '../notice';
import { giveOrder } from '../orders';
import { SEVERITY_LOOKS, StatusGlyph } from '../status/statusMark';
import { t } from '../../texts/texts';
import classes from './noticeBell.module.css';

const STEP = 30;
/** Older ones are in the history of their incidents. */
const MOST = 300;

type Entry = QueryAnswer<'inbox.list'>['notices'][number];

interface NoticeListProps {
  readonly unseen: number;
  readonly onLeave: () => void;
}

export function NoticeList({ unseen, onLeave }: NoticeListProps): ReactNode {
  const [limit, setLimit] = useState(STEP);
  const { data, error, refresh } = useQuery(
    'inbox.list',
    { beforeMs: null, limit },
    { trigger: `${unseen} ${limit}`, identity: 'inbox' },
  );
  const notices = data?.notices ?? [];
  const newestMs = notices.reduce((newest, { atMs }) => Math.max(newest, atMs), 0);
  // Not disabled for good: that would take the focus out of the list, and Escape would not close it any more.
  const nothingNew = unseen === 0 || newestMs === 0;
  return (
    <>
      <header className={classes.head}>
        <h2>{t('shell.notices')}</h2>
        <Button
          size="compact-xs"
          data-testid="mark-seen"
          data-autofocus
          data-disabled={nothingNew || undefined}
          aria-disabled={nothingNew}
          onClick={() => !nothingNew && void markSeen(newestMs).then(refresh)}
        >
          {t('shell.markAllSeen')}
        </Button>
      </header>
      {data === null && error !== null && (
        <Notice title={t('shell.noticesNotRead')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
          {error.message}
        </Notice>
      )}
      {data === null && error === null && <Notice title={t('shell.readingNotices')} />}
      {data !== null && notices.length === 0 && (
        <Notice title={t('shell.noNotices')}>{t('shell.noNoticesHint')}</Notice>
      )}
      {notices.length > 0 && (
        <ul className={classes.notices}>
          {notices.map((notice) => (
            <li key={notice.id} data-unseen={!notice.seen || undefined}>
              <NoticeRow
                notice={notice}
                onOpen={() => {
                  onLeave();
                  navigate('alerts', notice.incidentId);
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {notices.length >= limit && limit < MOST && (
        <Button className={classes.older} variant="subtle" onClick={() => setLimit(limit + STEP)}>
          {t('common.showOlder')}
        </Button>
      )}
    </>
  );
}

function NoticeRow({ notice, onOpen }: { readonly notice: Entry; readonly onOpen: () => void }): ReactNode {
  const { kind, severity, title, body, atMs, suppressed, seen } = notice;
  const over = kind === 'resolved';
  return (
    <UnstyledButton className={classes.notice} data-testid="notice" onClick={onOpen}>
      <StatusGlyph tone={over ? 'ok' : SEVERITY_LOOKS[severity].tone} size={13} />
      <span className={classes.words}>
        <span className={classes.title}>
          {!seen && <span className="pw-visually-hidden">{t('shell.unseen')} </span>}
          {!over && <span className={classes.kind}>{t(SEVERITY_LOOKS[severity].wordKey)}: </span>}
          {title}
        </span>
        {body !== '' && <span className={classes.body}>{body}</span>}
        {suppressed !== null && <span className={classes.body}>{t('shell.nobodyTold', { suppressed })}</span>}
      </span>
      <span className={classes.age}>
        <Age atMs={atMs} short ago />
      </span>
    </UnstyledButton>
  );
}

function markSeen(untilMs: number): Promise<boolean> {
  return giveOrder({
    name: 'inbox.seen',
    args: { untilMs },
    accepted: () => null,
    refused: t('shell.notMarked'),
  });
}
