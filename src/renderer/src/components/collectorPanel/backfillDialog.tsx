// Says what a backfill would cost before it begins: calls, bars, minutes, and that nothing is lost when it is called off.
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BackfillPreview } from '../../../../shared/contract/gaps';
import { formatCount } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { Notice } from '../notice';
import { giveOrder } from '../orders';
import { Fact, Facts } from './part';
import { t } from '../../texts/texts';
import classes from './collectorPanel.module.css';

const ALL = { poolIds: null, bars: null, days: null } as const;
const SHOWN = 8;

interface BackfillDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function BackfillDialog({ opened, onClose }: BackfillDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('collector.backfillTitle')}
      size={520}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      data-testid="backfill-dialog"
    >
      <Preview onClose={onClose} />
    </Modal>
  );
}

function Preview({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { data, error, refresh } = useQuery('backfill.preview', ALL);
  if (data === null) {
    return error === null ? (
      <Notice title={t('collector.countingCost')} />
    ) : (
      <Notice title={t('collector.notCounted')} tone="error" action={{ label: t('common.tryAgain'), run: refresh }}>
        {error.message}
      </Notice>
    );
  }
  const start = async (): Promise<void> => {
    const accepted = await giveOrder({
      name: 'backfill.start',
      args: ALL,
      accepted: () => t('collector.backfillBegun'),
      refused: t('collector.backfillNotStarted'),
    });
    if (accepted) onClose();
  };
  return (
    <div className={classes.dialog}>
      <Cost preview={data} />
      <p>{t('collector.backfillHint')}</p>
      <div className={classes.dialogActions}>
        <Button onClick={onClose}>{t('common.notNow')}</Button>
        <Button
          variant="filled"
          data-autofocus
          data-testid="start-backfill"
          disabled={data.calls === 0}
          onClick={() => void start()}
        >
          {t('collector.startCalls', { calls: t('common.calls', { count: data.calls }) })}
        </Button>
      </div>
    </div>
  );
}

function Cost({ preview }: { readonly preview: BackfillPreview }): ReactNode {
  const host = useSnapshot((snapshot) => snapshot.hosts[0] ?? null);
  const { calls, bars, minutes, series } = preview;
  if (calls === 0) return <p>{t('collector.nothingMissing')}</p>;
  return (
    <>
      <Facts>
        <Fact label={t('collector.calls')}>{formatCount(calls)}</Fact>
        <Fact label={t('collector.candlesAbout')}>{formatCount(bars)}</Fact>
        <Fact label={t('collector.takesAbout')}>{t('collector.minutes', { count: minutes })}</Fact>
        {host !== null && (
          <Fact label={t('collector.quotaNow')}>
            {t('collector.callsOf', {
              callsInWindow: formatCount(host.callsInWindow),
              callsPerMinute: formatCount(host.callsPerMinute),
            })}
          </Fact>
        )}
      </Facts>
      <ul className={classes.list}>
        {series
          .toSorted((a, b) => b.calls - a.calls)
          .slice(0, SHOWN)
          .map((each) => (
            <li key={each.label}>
              <span className={classes.listHead}>
                <strong>{each.label}</strong>
                <span className={classes.faint}>
                  {t('common.bars', { count: each.missing })}, {t('common.calls', { count: each.calls })}
                </span>
              </span>
            </li>
          ))}
      </ul>
      {series.length > SHOWN && (
        <p className={classes.none}>{t('collector.moreSeries', { more: formatCount(series.length - SHOWN) })}</p>
      )}
    </>
  );
}
