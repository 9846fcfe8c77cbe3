// The inbox of notices: what would have been told, to somebody who was not there. A bell with how many nobody has looked at.
import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { Bell } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useSnapshotStore } from '../../store/snapshotStore';
import { NoticeList } from './noticeList';
import { t } from '../../texts/texts';
import classes from './noticeBell.module.css';

const MOST_SHOWN = 99;

export function NoticeBell(): ReactNode {
  const unseen = useSnapshotStore((state) => state.snapshot?.alerts.unseen ?? null);
  const [opened, setOpened] = useState(false);
  if (unseen === null) return null;
  const label =
    unseen === 0
      ? t('shell.noticesNoneUnseen')
      : t('shell.noticesUnseen', { unseen: t('shell.unseenOnes', { count: unseen }) });
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="right-start"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Tooltip label={t('shell.notices')} position="right" disabled={opened}>
          <ActionIcon
            size={30}
            className={classes.bell}
            aria-label={label}
            data-testid="notice-bell"
            onClick={() => setOpened(!opened)}
          >
            <Bell size={16} strokeWidth={1.75} aria-hidden />
            {unseen > 0 && (
              <span className={classes.unseen} aria-hidden="true" data-testid="unseen">
                {unseen > MOST_SHOWN ? `${MOST_SHOWN}+` : unseen}
              </span>
            )}
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={t('shell.notices')}>
        {opened && <NoticeList unseen={unseen} onLeave={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}
