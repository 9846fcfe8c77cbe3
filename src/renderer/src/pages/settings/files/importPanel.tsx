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
import { t } from '../../../texts/texts';
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
    <Panel title={t('settings.import')} aside={t('settings.importAside')} testId="panel-import">
      <div className={classes.body}>
        <p className={classes.words}>{t('settings.importHint')}</p>
        <div className={classes.fields}>
          <TextInput
            label={t('settings.network')}
            description={t('settings.networkHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-testid="import-network"
            error={errorAt(refusal, 'networkId')}
            value={networkId}
            onChange={(event) => setNetworkId(event.currentTarget.value)}
          />
          <TextInput
            label={t('settings.minutesAhead')}
            description={t('settings.minutesAheadHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-testid="import-offset"
            error={
              Number.isInteger(offsetMinutes ?? 0) ? errorAt(refusal, 'tradeOffsetMinutes') : t('settings.wholeMinutes')
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
            {t('settings.lookThroughFile')}
          </Button>
          <Button
            data-testid="import-folder"
            disabled={busy || !Number.isInteger(offsetMinutes ?? 0)}
            onClick={() => look({ kind: 'ask', what: 'folder' })}
          >
            {t('settings.lookThroughFolder')}
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
                    {t('settings.import')}
                  </Button>
                  <Button disabled={busy} onClick={() => setPreview(null)}>
                    {t('common.notNow')}
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
  const words = t('settings.imported', {
    inserted: formatCount(inserted),
    changed: formatCount(changed),
    unchanged: formatCount(unchanged),
  });
  return waiting === 0 ? words : t('settings.importWaiting', { words, waiting: formatCount(waiting) });
}
