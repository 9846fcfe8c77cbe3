// Whether there is a newer version, and the order to take it into use.
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { useQuery } from '../../../hooks/useQuery';
import { t } from '../../../texts/texts';
import { updateInWords } from './updateWords';
import classes from '../settings.module.css';

/** A download moves; everything else changes when somebody asks. */
const LOOK_EVERY_MS = 2_000;

export function UpdatePanel(): ReactNode {
  const { data: status, refresh } = useQuery('update.status', null, { everyMs: LOOK_EVERY_MS });
  if (status === null) return null;
  const { state, hasReleasePage } = status;
  const check = async (): Promise<void> => {
    await giveOrder({
      name: 'update.check',
      args: null,
      accepted: (answer) => updateInWords(answer),
      refused: t('settings.updates.checkRefused'),
    });
    refresh();
  };
  const install = (): Promise<boolean> =>
    giveOrder({
      name: 'update.install',
      args: null,
      accepted: () => null,
      refused: t('settings.updates.installRefused'),
    });
  const openReleases = (): Promise<boolean> =>
    giveOrder({
      name: 'update.openReleases',
      args: null,
      accepted: () => null,
      refused: t('settings.updates.openRefused'),
    });
  return (
    <Panel title={t('settings.updates.title')} testId="updates">
      <div className={classes.body}>
        <p className={classes.words} aria-live="polite">
          {updateInWords(status)}
        </p>
        <Group>
          {state.kind === 'ready' ? (
            <Button data-testid="update-install" onClick={() => void install()}>
              {t('settings.updates.install')}
            </Button>
          ) : (
            <Button variant="default" data-testid="update-check" onClick={() => void check()}>
              {t('settings.updates.check')}
            </Button>
          )}
          {state.kind === 'by_hand' && hasReleasePage && (
            <Button variant="default" data-testid="update-releases" onClick={() => void openReleases()}>
              {t('settings.updates.openReleases')}
            </Button>
          )}
        </Group>
      </div>
    </Panel>
  );
}
