// Says what a backfill would cost before it begins: calls, bars, minutes, and that nothing is lost when it is called off.
import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BackfillPreview } from '../../../../shared/contract/gaps';
import { formatCount, formatQuantity } from '../../../../shared/util/format';
import { useQuery } from '../../hooks/useQuery';
import { useSnapshot } from '../../store/selectors';
import { Notice } from '../notice';
import { giveOrder } from '../orders';
import { Fact, Facts } from './part';
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
      title="Fetch missing candles"
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
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
      <Notice title="Counting what it takes…" />
    ) : (
      <Notice title="It could not be counted" tone="error" action={{ label: 'Try again', run: refresh }}>
        {error.message}
      </Notice>
    );
  }
  const start = async (): Promise<void> => {
    const accepted = await giveOrder({
      name: 'backfill.start',
      args: ALL,
      accepted: () => 'The backfill has begun; its progress shows in the panel.',
      refused: 'The backfill was not started',
    });
    if (accepted) onClose();
  };
  return (
    <div className={classes.dialog}>
      <Cost preview={data} />
      <p>
        It goes on at quiet moments and leaves a third of the calls to the collectors. What it has fetched stays when
        you call it off.
      </p>
      <div className={classes.dialogActions}>
        <Button onClick={onClose}>Not now</Button>
        <Button
          variant="filled"
          data-autofocus
          data-testid="start-backfill"
          disabled={data.calls === 0}
          onClick={() => void start()}
        >
          Start: {formatQuantity(data.calls, 'call')}
        </Button>
      </div>
    </div>
  );
}

function Cost({ preview }: { readonly preview: BackfillPreview }): ReactNode {
  const host = useSnapshot((snapshot) => snapshot.hosts[0] ?? null);
  const { calls, bars, minutes, series } = preview;
  if (calls === 0) return <p>Nothing is missing any more.</p>;
  return (
    <>
      <Facts>
        <Fact label="Calls">{formatCount(calls)}</Fact>
        <Fact label="Candles, about">{formatCount(bars)}</Fact>
        <Fact label="Takes about">{formatQuantity(minutes, 'minute')}</Fact>
        {host !== null && (
          <Fact label="Quota now">
            {formatCount(host.callsInWindow)} of {formatCount(host.callsPerMinute)} a minute
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
                  {formatQuantity(each.missing, 'bar')}, {formatQuantity(each.calls, 'call')}
                </span>
              </span>
            </li>
          ))}
      </ul>
      {series.length > SHOWN && <p className={classes.none}>and {formatCount(series.length - SHOWN)} more series.</p>}
    </>
  );
}
