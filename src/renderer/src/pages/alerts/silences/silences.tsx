// What is held back at present, until when and why; and the way to hold back more, or to end it.
import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Silence } from '../../../../../shared/domain/alerts';
import { formatDateTime, formatUtc } from '../../../../../shared/util/format';
import { Age, Countdown } from '../../../components/age';
import { orderSilenceEnd } from '../../../components/incidents/incidentOrders';
import { scopeInWords } from '../../../components/incidents/incidentWords';
import { SilenceDialog } from '../../../components/incidents/silenceDialog';
import { Notice } from '../../../components/notice';
import { Panel } from '../../../components/panel';
import { useQuery } from '../../../hooks/useQuery';
import { useSnapshot } from '../../../store/selectors';
import { t } from '../../../texts/texts';
import classes from '../rules/rules.module.css';

export function Silences(): ReactNode {
  const silences = useSnapshot((snapshot) => snapshot.alerts.silences);
  const [asking, setAsking] = useState(false);
  return (
    <Panel
      title={t('alerts.section.silences')}
      testId="silences"
      aside={
        <Button
          size="compact-sm"
          data-testid="new-silence"
          leftSection={<Plus size={13} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('alerts.newSilence')}
        </Button>
      }
    >
      {silences.length === 0 ? (
        <Notice title={t('alerts.nothingSilenced')}>{t('alerts.nothingSilencedHint')}</Notice>
      ) : (
        <SilenceTable silences={silences} />
      )}
      <SilenceDialog about={null} opened={asking} onClose={() => setAsking(false)} />
    </Panel>
  );
}

function SilenceTable({ silences }: { readonly silences: readonly Silence[] }): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  const { data } = useQuery('rules.list', null);
  const rules = data?.rules.map(({ rule }) => rule) ?? [];
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption className="pw-visually-hidden">{t('alerts.section.silences')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('alerts.columnAbout')}</th>
            <th scope="col">{t('alerts.columnBegan')}</th>
            <th scope="col">{t('alerts.columnEndsIn')}</th>
            <th scope="col">
              <span className="pw-visually-hidden">{t('alerts.columnOrders')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {silences.map((silence) => {
            const about = scopeInWords(silence, collectors, rules);
            return (
              <tr key={silence.id} data-testid="silence">
                <th scope="row">
                  <span className={classes.name}>{about}</span>
                  {silence.kind === 'maintenance' && <span className={classes.origin}>{t('alerts.maintenance')}</span>}
                  <span className={classes.condition}>{silence.reason}</span>
                </th>
                <td className={classes.state}>
                  <Age atMs={silence.fromMs} short ago />
                </td>
                <td
                  className={classes.state}
                  title={`${formatDateTime(silence.untilMs)} · ${formatUtc(silence.untilMs)}`}
                >
                  <Countdown atMs={silence.untilMs} due={t('common.aMoment')} />
                </td>
                <td className={classes.orders}>
                  <Button
                    size="compact-xs"
                    data-testid="end-silence"
                    aria-label={t('alerts.endSilenceAbout', { about })}
                    onClick={() => void orderSilenceEnd(silence.id)}
                  >
                    {t('alerts.endNow')}
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
