// The log of the program: what to look for, the lines that fit, and the one that was chosen in full.
import { ActionIcon, Select, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Search, X } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { COLLECTOR_IDS, type CollectorId } from '../../../../../shared/domain/collector';
import { LOG_LEVELS, type LogFilter, type LogLevel } from '../../../../../shared/domain/log';
import { Notice } from '../../../components/notice';
import { openLog } from '../../../store/logRoute';
import { useSnapshot } from '../../../store/selectors';
import { LogDetails } from './logDetails';
import { LogList } from './logList';
import { useLogLines } from './useLogLines';
import { rich } from '../../../texts/rich';
import { t } from '../../../texts/texts';
import type { PlainTextKey } from '../../../texts/textKeys';
import classes from './log.module.css';

const TYPING_MS = 250;
const LEVEL_CHOICES: readonly { readonly value: LogLevel; readonly labelKey: PlainTextKey }[] = [
  { value: 'debug', labelKey: 'diagnostics.levels.debug' },
  { value: 'info', labelKey: 'diagnostics.levels.info' },
  { value: 'warn', labelKey: 'diagnostics.levels.warn' },
  { value: 'error', labelKey: 'diagnostics.levels.error' },
];

/** @param runId only lines of this run; null for those of all */
export function LogView({ runId }: { readonly runId: string | null }): ReactNode {
  const [level, setLevel] = useState<LogLevel>('info');
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, TYPING_MS);
  const [collectorId, setCollectorId] = useState<CollectorId | null>(null);
  const [following, setFollowing] = useState(true);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const filter = useMemo<LogFilter>(
    () => ({ level: runId === null ? level : 'debug', text: text === '' ? null : text, collectorId, runId }),
    [level, text, collectorId, runId],
  );
  const log = useLogLines(filter, following);
  const chosen = log.lines?.find(({ id }) => id === chosenId) ?? null;
  return (
    <div className={classes.view} data-testid="log">
      <div className={classes.tools} role="search" aria-label={t('diagnostics.logFilter')}>
        <TextInput
          className={classes.search}
          aria-label={t('diagnostics.textInLine')}
          data-testid="log-text"
          placeholder={t('diagnostics.textInLine')}
          maxLength={200}
          leftSection={<Search size={14} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Select
          className={classes.level}
          aria-label={t('diagnostics.level')}
          data-testid="log-level"
          data={LEVEL_CHOICES.map(({ value, labelKey }) => ({ value, label: t(labelKey) }))}
          value={filter.level}
          disabled={runId !== null}
          allowDeselect={false}
          onChange={(value) => setLevel(LOG_LEVELS.find((known) => known === value) ?? 'info')}
        />
        <CollectorChoice chosen={collectorId} onChoose={setCollectorId} />
        {runId !== null && (
          <span className={classes.run}>
            {rich('diagnostics.runFilter', {
              run: <span className="pw-mono">{runId.slice(0, 8)}</span>,
              clear: (
                <ActionIcon size="xs" aria-label={t('diagnostics.everyRun')} onClick={() => openLog()}>
                  <X size={12} aria-hidden />
                </ActionIcon>
              ),
            })}
          </span>
        )}
        <span className={classes.note} aria-live="polite">
          {log.lines !== null &&
            (log.isFull
              ? t('diagnostics.linesMost', { count: log.lines.length })
              : t('diagnostics.lines', { count: log.lines.length }))}
        </span>
        <Switch
          label={t('diagnostics.follow')}
          data-testid="log-follow"
          checked={following}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
      </div>
      {log.lines === null || log.lines.length === 0 ? (
        <Emptiness log={log} filtered={text !== '' || collectorId !== null || runId !== null || level !== 'debug'} />
      ) : (
        <LogList
          lines={log.lines}
          chosenId={chosenId}
          following={following}
          onChoose={setChosenId}
          onScrolledUp={() => setFollowing(false)}
          onStart={log.loadOlder}
        />
      )}
      {chosen !== null && <LogDetails line={chosen} isOfShownRun={runId !== null} onClose={() => setChosenId(null)} />}
    </div>
  );
}

interface CollectorChoiceProps {
  readonly chosen: CollectorId | null;
  readonly onChoose: (id: CollectorId | null) => void;
}

function CollectorChoice({ chosen, onChoose }: CollectorChoiceProps): ReactNode {
  const collectors = useSnapshot((snapshot) => snapshot.collectors);
  return (
    <Select
      className={classes.collector}
      aria-label={t('diagnostics.collector')}
      data-testid="log-collector"
      placeholder={t('diagnostics.everybody')}
      clearable
      data={collectors.map(({ id, title }) => ({ value: id, label: title }))}
      value={chosen}
      onChange={(value) => onChoose(COLLECTOR_IDS.find((known) => known === value) ?? null)}
    />
  );
}

interface EmptinessProps {
  readonly log: ReturnType<typeof useLogLines>;
  readonly filtered: boolean;
}

function Emptiness({ log, filtered }: EmptinessProps): ReactNode {
  if (log.error !== null) {
    return (
      <Notice title={t('diagnostics.logNotRead')} tone="error">
        {log.error.message}
      </Notice>
    );
  }
  if (log.lines === null || log.hasOlder) return <Notice title={t('diagnostics.readingLog')} />;
  return (
    <Notice title={filtered ? t('diagnostics.noLineLike') : t('diagnostics.nothingWritten')}>
      {filtered ? t('diagnostics.noLineLikeHint') : t('diagnostics.nothingWrittenHint')}
    </Notice>
  );
}
