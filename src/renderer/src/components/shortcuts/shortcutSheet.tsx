// The help sheet: what the keyboard does, from the table that also makes it do so.
import { Kbd, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { isMac, keysInWords, SHORTCUT_GROUPS, SHORTCUTS } from './shortcutTable';
import { t } from '../../texts/texts';
import classes from './shortcutSheet.module.css';

interface ShortcutSheetProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ShortcutSheet({ opened, onClose }: ShortcutSheetProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shortcuts.title')}
      size={460}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      data-testid="shortcut-sheet"
    >
      {SHORTCUT_GROUPS.map((group) => {
        const shown = SHORTCUTS.filter((entry) => entry.group === group);
        if (shown.length === 0) return null;
        return (
          <section key={group} className={classes.group}>
            <h3 className={classes.title}>{t(`shortcuts.group.${group}`)}</h3>
            <dl className={classes.list}>
              {shown.map((entry) => (
                <div key={entry.id} className={classes.entry}>
                  <dt>{t(`shortcuts.label.${entry.id}`)}</dt>
                  <dd>
                    <Kbd>{keysInWords(entry, isMac())}</Kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </Modal>
  );
}
