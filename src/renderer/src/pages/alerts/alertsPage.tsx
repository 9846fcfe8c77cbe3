// Alerts: what is wrong and who was told, by which rules it is judged, and what is held back.
import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import { Settling } from '../../components/incidents/settling';
import { PageHeader } from '../../components/pageHeader';
import { assertNever } from '../../../../shared/util/assertNever';
import { ALERT_SECTIONS, type AlertSection, navigateAlerts, useRoute } from '../../store/route';
import { useSnapshot } from '../../store/selectors';
import { Deliveries } from './deliveries/deliveries';
import { Inbox } from './inbox/inbox';
import { Rules } from './rules/rules';
import { Silences } from './silences/silences';
import { t } from '../../texts/texts';
import classes from './alerts.module.css';

export function AlertsPage(): ReactNode {
  const { section, itemId } = useRoute();
  const chosen = section ?? 'inbox';
  const silences = useSnapshot((snapshot) => snapshot.alerts.silences.length);
  const choose = (value: string | null): void => {
    const target = ALERT_SECTIONS.find((known) => known === value);
    if (target) navigateAlerts(target);
  };
  return (
    <div className={classes.page} data-testid="page-alerts">
      <PageHeader title={t('alerts.title')} note={<Settling />} />
      <Tabs value={chosen} onChange={choose} keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          {ALERT_SECTIONS.map((name) => (
            <Tabs.Tab key={name} value={name} data-testid={`alerts-${name}`}>
              {t(`alerts.section.${name}`)}
              {name === 'silences' && silences > 0 && <span className={classes.count}>{silences}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {ALERT_SECTIONS.map((name) => (
          <Tabs.Panel key={name} value={name} className={classes.section}>
            <SectionView section={name} itemId={itemId} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}

interface SectionViewProps {
  readonly section: AlertSection;
  readonly itemId: string | null;
}

function SectionView({ section, itemId }: SectionViewProps): ReactNode {
  switch (section) {
    case 'inbox':
      return <Inbox incidentId={itemId} />;
    case 'rules':
      return <Rules ruleId={itemId} />;
    case 'silences':
      return <Silences />;
    case 'deliveries':
      return <Deliveries />;
    default:
      return assertNever(section);
  }
}
