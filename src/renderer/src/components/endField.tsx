// A moment to come, as a person types it: with the minute, in local time.
import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../texts/texts';

/** NaN until something whole was typed. */
export function endMsOf(typed: string): number {
  return new Date(typed).getTime();
}

interface EndFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly testId: string;
  /** The field of its dialog that takes the focus. */
  readonly isFirst?: boolean;
}

export function EndField({ value, onChange, testId, isFirst = false }: EndFieldProps): ReactNode {
  const isAhead = endMsOf(value) > Date.now();
  return (
    <TextInput
      label={t('common.endsAt')}
      type="datetime-local"
      data-testid={testId}
      data-autofocus={isFirst || undefined}
      error={value !== '' && !isAhead ? t('common.mustBeFuture') : null}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
