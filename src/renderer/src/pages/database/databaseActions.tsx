// The buttons of one database. What changes the file or deletes rows asks first and says what is kept.
import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { DatabaseStatus } from '../../../../shared/domain/database';
import type { DatabaseQuestion } from '../../store/overlayStore';
import { orderCheck, orderPlain } from './databaseOrders';
import { DatabaseQuestions } from './databaseQuestions';
import { t } from '../../texts/texts';
import classes from './database.module.css';

export function DatabaseActions({ status }: { readonly status: DatabaseStatus }): ReactNode {
  const { name, breaker } = status;
  const [question, setQuestion] = useState<DatabaseQuestion | null>(null);
  const close = (): void => setQuestion(null);
  const isolated = breaker.reason === 'isolated';
  const testId = (order: string): string => `${order}-${name}`;
  return (
    <div className={classes.actions} role="group" aria-label={t('database.ordersTo', { name })}>
      <Button size="compact-sm" data-testid={testId('backup')} onClick={() => void orderPlain('database.backup', name)}>
        {t('database.backUpNow')}
      </Button>
      <Button size="compact-sm" data-testid={testId('restore')} onClick={() => setQuestion('restore')}>
        {t('database.restoreAsk')}
      </Button>
      <Button size="compact-sm" data-testid={testId('check')} onClick={() => void orderCheck(name, false)}>
        {t('database.check')}
      </Button>
      <Button
        size="compact-sm"
        data-testid={testId('checkpoint')}
        onClick={() => void orderPlain('database.checkpoint', name)}
      >
        {t('database.checkpoint')}
      </Button>
      {isolated ? (
        <Button
          size="compact-sm"
          variant="filled"
          data-testid={testId('rejoin')}
          onClick={() => void orderPlain('database.rejoin', name)}
        >
          {t('database.putBack')}
        </Button>
      ) : null}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" data-testid={testId('more')} rightSection={<ChevronDown size={12} aria-hidden />}>
            {t('database.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item data-testid={testId('compact')} onClick={() => setQuestion('compact')}>
            {t('database.compactAsk')}
          </Menu.Item>
          <Menu.Item data-testid={testId('thorough')} onClick={() => void orderCheck(name, true)}>
            {t('database.thoroughCheck')}
          </Menu.Item>
          <Menu.Item data-testid={testId('retention')} onClick={() => setQuestion('retention')}>
            {t('database.deleteOldAsk')}
          </Menu.Item>
          {!isolated && (
            <Menu.Item data-testid={testId('isolate')} onClick={() => setQuestion('isolate')}>
              {t('database.takeOutAsk')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <DatabaseQuestions name={name} question={question} onClose={close} />
    </div>
  );
}
