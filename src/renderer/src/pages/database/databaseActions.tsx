// The buttons of one database. What changes the file or deletes rows asks first and says what is kept.
import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { DatabaseStatus } from '../../../../shared/domain/database';
import { ConfirmDialog } from '../../components/confirmDialog';
import { orderCheck, orderPlain } from './databaseOrders';
import { RestoreDialog } from './restoreDialog';
import classes from './database.module.css';

type Question = 'compact' | 'isolate' | 'retention' | 'restore';

export function DatabaseActions({ status }: { readonly status: DatabaseStatus }): ReactNode {
  const { name, breaker } = status;
  const [question, setQuestion] = useState<Question | null>(null);
  const close = (): void => setQuestion(null);
  const isolated = breaker.reason === 'isolated';
  const testId = (order: string): string => `${order}-${name}`;
  return (
    <div className={classes.actions} role="group" aria-label={`Orders to ${name}.db`}>
      <Button size="compact-sm" data-testid={testId('backup')} onClick={() => void orderPlain('database.backup', name)}>
        Back up now
      </Button>
      <Button size="compact-sm" data-testid={testId('restore')} onClick={() => setQuestion('restore')}>
        Restore…
      </Button>
      <Button size="compact-sm" data-testid={testId('check')} onClick={() => void orderCheck(name, false)}>
        Check
      </Button>
      <Button size="compact-sm" data-testid={testId('checkpoint')} onClick={() => void orderPlain('database.checkpoint', name)}>
        Checkpoint
      </Button>
      <Button size="compact-sm" data-testid={testId('compact')} onClick={() => setQuestion('compact')}>
        Compact…
      </Button>
      {isolated ? (
        <Button
          size="compact-sm"
          variant="filled"
          data-testid={testId('rejoin')}
          onClick={() => void orderPlain('database.rejoin', name)}
        >
          Put back into service
        </Button>
      ) : null}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-sm" data-testid={testId('more')} rightSection={<ChevronDown size={12} aria-hidden />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item data-testid={testId('thorough')} onClick={() => void orderCheck(name, true)}>
            Thorough check, with indexes
          </Menu.Item>
          <Menu.Item data-testid={testId('retention')} onClick={() => setQuestion('retention')}>
            Delete old rows…
          </Menu.Item>
          {!isolated && (
            <Menu.Item data-testid={testId('isolate')} onClick={() => setQuestion('isolate')}>
              Take out of service…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Questions name={name} question={question} onClose={close} />
      <RestoreDialog database={name} opened={question === 'restore'} onClose={close} backup={null} />
    </div>
  );
}

interface QuestionsProps {
  readonly name: DatabaseStatus['name'];
  readonly question: Question | null;
  readonly onClose: () => void;
}

function Questions({ name, question, onClose }: QuestionsProps): ReactNode {
  return (
    <>
      <ConfirmDialog
        opened={question === 'compact'}
        title={`Compact ${name}.db?`}
        confirm="Compact"
        onClose={onClose}
        onConfirm={() => void orderPlain('database.compact', name)}
      >
        <p>The file is written anew without its free pages, proved, and put in place in one step.</p>
        <p>
          Rows that arrive meanwhile are kept in the spool and stored afterwards. If anything fails, the present file
          stays as it is. It needs free room for a second copy for a while.
        </p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={question === 'isolate'}
        title={`Take ${name}.db out of service?`}
        confirm="Take out of service"
        onClose={onClose}
        onConfirm={() => void orderPlain('database.isolate', name)}
      >
        <p>Nothing is written to it until you put it back, not even after a restart.</p>
        <p>Collecting goes on: every row is kept in the spool, on disk, and stored when the database is back.</p>
      </ConfirmDialog>
      <ConfirmDialog
        opened={question === 'retention'}
        title={`Delete old rows of ${name}.db?`}
        confirm="Delete old rows"
        onClose={onClose}
        onConfirm={() => void orderPlain('database.applyRetention', name)}
      >
        <p>
          Rows that are older than the retention settings keep are deleted now instead of at night, a few at a time.
          They stay in backups that were made before.
        </p>
      </ConfirmDialog>
    </>
  );
}
