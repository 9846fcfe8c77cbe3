// Chooses the stretch of time of the whole window: presets, since the last OK, or two moments.
import { Button, Popover, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { formatUtc } from '../../../../shared/util/format';
import { useTimeSpan } from '../../hooks/useTimeSpan';
import { chooseRange, RANGE_PRESETS, resetRange, zoomTo } from '../../store/timeRange';
import { spanInWords, spanProblem, toFieldTime } from './rangeWords';
import { t } from '../../texts/texts';
import classes from './timeRange.module.css';

const SINCE_OK = 'since_ok';
/** No segment has this value: none is marked while a custom range is on. */
const NONE = '';

export function TimeRangeControl(): ReactNode {
  const { range, fromMs, toMs } = useTimeSpan();
  const value = range.kind === 'last' ? range.preset : range.kind === 'since_ok' ? SINCE_OK : NONE;
  const choose = (chosen: string): void => {
    const preset = RANGE_PRESETS.find((known) => known === chosen);
    if (preset) chooseRange({ kind: 'last', preset });
    if (chosen === SINCE_OK) chooseRange({ kind: 'since_ok' });
  };
  return (
    <div className={classes.control} data-testid="time-range">
      <SegmentedControl
        aria-label={t('range.label')}
        value={value}
        onChange={choose}
        data={[
          ...RANGE_PRESETS.map((preset) => ({ value: preset, label: t(`range.short.${preset}`) })),
          { value: SINCE_OK, label: t('range.sinceOk') },
        ]}
      />
      <CustomRange />
      {range.kind === 'custom' && (
        <>
          <Tooltip label={t('range.fromTo', { from: formatUtc(fromMs), to: formatUtc(toMs) })}>
            <span className={classes.span}>{spanInWords({ fromMs, toMs })}</span>
          </Tooltip>
          <Button
            variant="subtle"
            leftSection={<Undo2 size={13} aria-hidden />}
            data-testid="range-reset"
            onClick={resetRange}
          >
            {t('range.back')}
          </Button>
        </>
      )}
    </div>
  );
}

function CustomRange(): ReactNode {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <Button data-testid="range-custom" aria-haspopup="dialog" onClick={() => setOpened((open) => !open)}>
          {t('range.custom')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('range.customLabel')}>
        <CustomForm onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function CustomForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const span = useTimeSpan();
  const [from, setFrom] = useState(() => toFieldTime(span.fromMs));
  const [to, setTo] = useState(() => toFieldTime(span.toMs));
  const fromMs = new Date(from).getTime();
  const toMs = new Date(to).getTime();
  const problem = spanProblem(fromMs, toMs, Date.now());
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (problem !== null) return;
        zoomTo({ fromMs, toMs }, Date.now());
        onDone();
      }}
    >
      <TextInput
        type="datetime-local"
        label={t('range.from')}
        description={t('range.localTime')}
        data-testid="range-from"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        type="datetime-local"
        label={t('range.to')}
        description={t('range.localTime')}
        data-testid="range-to"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <p className={classes.problem} role="status">
        {problem ?? t('range.fromTo', { from: formatUtc(fromMs), to: formatUtc(toMs) })}
      </p>
      <Button type="submit" variant="filled" disabled={problem !== null} data-testid="range-apply">
        {t('range.showThisTime')}
      </Button>
    </form>
  );
}
