// Brings in what another program has collected: first a look that stores nothing and says what would come of it, then the import.
import { Button, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CommandAnswer } from '../../../../../shared/contract/commands';
import type { AppError } from '../../../../../shared/contract/envelope';
import type { ImportArgs, ImportOutcome, ImportPlace } from '../../../../../shared/contract/imports';
import { formatCount } from '../../../../../shared/util/format';
import { command } from '../../../bridge/bridge';
import { errorAt, errorBeside } from '../../../components/fieldError';
import { OperationList } from '../../../components/operations/operationList';
import { Panel } from '../../../components/panel';
import { useSnapshot } from '../../../store/selectors';
import { ImportReportView } from './importReportView';
import classes from '../settings.module.css';

type Preview = NonNullable<CommandAnswer<'import.preview'>>;
type Imported = { readonly path: string; readonly outcome: ImportOutcome };

const FIELDS = ['networkId', 'tradeOffsetMinutes'] as const;

export function ImportPanel(): ReactNode {
  const operation = useSnapshot(({ operations }) => operations.find(({ kind }) => kind === 'import') ?? null);
  const [networkId, setNetworkId] = useState('');
  const [offset, setOffset] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const offsetMinutes = offset.trim() === '' ? null : Number(offset);
  const args: ImportArgs = {
    networkId: networkId.trim() === '' ? null : networkId.trim(),
    tradeOffsetMinutes: offsetMinutes,
  };
  const work = async (deed: () => Promise<AppError | null>): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    setRefusal(await deed());
    setBusy(false);
  };
  const look = (place: ImportPlace): void =>
    void work(async () => {
      const answer = await command('import.preview', { ...args, place });
      if (!answer.ok) return answer.error;
      // Null: the dialog was closed, and what was there before stays.
      if (answer.value === null) return null;
      setPreview(answer.value);
      setImported(null);
      return null;
    });
  const store = ({ previewId }: Preview): void =>
    void work(async () => {
      const answer = await command('import.run', { ...args, place: { kind: 'previewed', previewId } });
      if (!answer.ok) return answer.error;
      setImported(answer.value);
      return null;
    });
  const beside = errorBeside(refusal, FIELDS);
  return (
    <Panel title="Import" aside="nothing is stored before you have seen what it comes to" testId="panel-import">
      <div className={classes.body}>
        <p className={classes.words}>
          Databases, backups and CSV or JSON exports of the original collector, and watchlists as CSV. Rows that are
          here already stay as they are; what is wrong with a row is said, and the row left out.
        </p>
        <div className={classes.fields}>
          <TextInput
            label="Network"
            description="For ids without one; empty finds out."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-testid="import-network"
            error={errorAt(refusal, 'networkId')}
            value={networkId}
            onChange={(event) => setNetworkId(event.currentTarget.value)}
          />
          <TextInput
            label="Minutes ahead of UTC"
            description="Of the times of trades; empty finds out."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-testid="import-offset"
            error={
              Number.isInteger(offsetMinutes ?? 0)
                ? errorAt(refusal, 'tradeOffsetMinutes')
                : 'Write whole minutes, or nothing.'
            }
            value={offset}
            onChange={(event) => setOffset(event.currentTarget.value)}
          />
        </div>
        <div className={classes.row}>
          <Button
            data-testid="import-file"
            disabled={busy || !Number.isInteger(offsetMinutes ?? 0)}
            onClick={() => look({ kind: 'ask', what: 'file' })}
          >
            Look through a file…
          </Button>
          <Button
            data-testid="import-folder"
            disabled={busy || !Number.isInteger(offsetMinutes ?? 0)}
            onClick={() => look({ kind: 'ask', what: 'folder' })}
          >
            Look through a folder…
          </Button>
        </div>
        {operation !== null && <OperationList operations={[operation]} />}
        {beside !== null && (
          <p className={classes.saveNote} data-refused role="alert">
            {beside}
          </p>
        )}
        {preview !== null && (
          <div className={classes.section} data-testid="import-report">
            <ImportReportView
              path={preview.path}
              report={imported?.outcome ?? preview.report}
              stored={imported !== null}
            />
            <div className={classes.row}>
              {imported === null ? (
                <>
                  <Button variant="filled" data-testid="import-run" loading={busy} onClick={() => store(preview)}>
                    Import
                  </Button>
                  <Button disabled={busy} onClick={() => setPreview(null)}>
                    Not now
                  </Button>
                </>
              ) : (
                <p className={classes.words} role="status" data-testid="import-outcome">
                  {outcomeWords(imported.outcome)}
                </p>
              )}
            </div>
          </div>
        )}
      </div>
    </Panel>
  );
}

function outcomeWords({ stored: { inserted, changed, unchanged, waiting } }: ImportOutcome): string {
  const words = `New rows: ${formatCount(inserted)}. Changed: ${formatCount(changed)}. Here already: ${formatCount(unchanged)}.`;
  return waiting === 0 ? words : `${words} Waiting safely for a database that is held up now: ${formatCount(waiting)}.`;
}
