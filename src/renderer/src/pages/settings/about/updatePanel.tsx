// Whether there is a newer version, and the order to take it into use. Says what the program says; all texts are in updateText.
import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { UPDATE_TEXTS, updateSentence } from '../../../../../shared/util/updateText';
import { giveOrder } from '../../../components/orders';
import { Panel } from '../../../components/panel';
import { useQuery } from '../../../hooks/useQuery';
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
      accepted: (answer) => updateSentence(answer),
      refused: UPDATE_TEXTS.checkRefused,
    });
    refresh();
  };
  const install = (): Promise<boolean> =>
    giveOrder({ name: 'update.install', args: null, accepted: () => null, refused: UPDATE_TEXTS.installRefused });
  const openReleases = (): Promise<boolean> =>
    giveOrder({ name: 'update.openReleases', args: null, accepted: () => null, refused: UPDATE_TEXTS.openRefused });
  return (
    <Panel title={UPDATE_TEXTS.title} testId="updates">
      <div className={classes.body}>
        <p className={classes.words} aria-live="polite">
          {updateSentence(status)}
        </p>
        <Group>
          {state.kind === 'ready' ? (
            <Button data-testid="update-install" onClick={() => void install()}>
              {UPDATE_TEXTS.install}
            </Button>
          ) : (
            <Button variant="default" data-testid="update-check" onClick={() => void check()}>
              {UPDATE_TEXTS.check}
            </Button>
          )}
          {state.kind === 'by_hand' && hasReleasePage && (
            <Button variant="default" data-testid="update-releases" onClick={() => void openReleases()}>
              {UPDATE_TEXTS.openReleases}
            </Button>
          )}
        </Group>
      </div>
    </Panel>
  );
}
