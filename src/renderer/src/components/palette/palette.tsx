// The command palette: one field that finds every page and every command, for the keyboard alone. Built of a field and a list box,
// because Mantine's Spotlight does not say to a screen reader which entry is chosen.
import { Kbd, Modal, TextInput, UnstyledButton } from '@mantine/core';
import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { formatCount } from '../../../../shared/util/format';
import { showOverlay, useOverlayStore } from '../../store/overlayStore';
import { useSnapshotStore } from '../../store/snapshotStore';
import { rememberAction, useUiStore } from '../../store/uiStore';
import { useSource } from '../shell/sourceOrders';
import { findActions } from './findActions';
import type { PaletteAction } from './paletteAction';
import { PALETTE_SOURCES } from './paletteSources';
import { t } from '../../texts/texts';
import { rich } from '../../texts/rich';
import classes from './palette.module.css';

/** More than anybody reads; the rest is found by typing. */
const MOST_SHOWN = 80;

export function Palette(): ReactNode {
  const open = useOverlayStore((state) => state.open);
  const opened = open?.kind === 'palette';
  return (
    <Modal.Root
      opened={opened}
      onClose={() => showOverlay(null)}
      centered={false}
      yOffset="12vh"
      size={620}
      padding={0}
      // There at once and gone at once: whoever uses keys waits for nothing.
      transitionProps={{ duration: 0 }}
      // A dialog that takes the palette's place keeps the focus.
      returnFocus={open === null}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.commands')} data-testid="palette">
        {opened && <PaletteBody />}
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteBody(): ReactNode {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [refusal, setRefusal] = useState<PaletteAction | null>(null);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const actions = useActions();
  const recent = useUiStore((state) => state.recentActions);
  const sections = findActions(actions, typed, recent, MOST_SHOWN);
  const flat = sections.flatMap((section) => section.actions);
  const at = Math.min(chosen, Math.max(0, flat.length - 1));
  const hidden = typed.trim() === '' ? actions.length - flat.length : 0;
  const optionId = (index: number): string => `${listId}-${index}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, typed]);

  const perform = (action: PaletteAction): void => {
    if (action.refused !== undefined) return setRefusal(action);
    rememberAction(action.id);
    showOverlay(null);
    action.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setRefusal(null);
      return setChosen(step(at, flat.length));
    }
    const action = flat[at];
    if (event.key === 'Enter' && action !== undefined) {
      event.preventDefault();
      perform(action);
    }
  };

  return (
    <>
      <TextInput
        className={classes.field}
        size="md"
        variant="unstyled"
        aria-label={t('palette.find')}
        placeholder={t('palette.find')}
        leftSection={<Search size={16} aria-hidden />}
        data-autofocus
        data-testid="palette-field"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={flat.length === 0 ? undefined : optionId(at)}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
          setRefusal(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        ref={list}
        role="listbox"
        aria-label={t('palette.commands')}
        className={classes.list}
        tabIndex={-1}
      >
        {sections.map((section) => (
          <div key={section.title} role="group" aria-label={section.title || t('palette.found')}>
            {section.title !== '' && (
              <p className={classes.group} aria-hidden="true">
                {section.title}
              </p>
            )}
            {section.actions.map((action) => {
              const mine = flat.indexOf(action);
              return (
                <Option
                  key={action.id}
                  id={optionId(mine)}
                  action={action}
                  selected={mine === at}
                  grouped={section.title === t(`palette.group.${action.group}`)}
                  onPoint={() => setChosen(mine)}
                  onPick={() => perform(action)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {flat.length === 0 && (
        <p className={classes.none} role="status">
          {t('palette.nothingCalled')}
        </p>
      )}
      <p className={classes.foot} role="status" data-refused={refusal !== null || undefined} data-testid="palette-foot">
        {refusal === null ? (
          <>
            {rich('palette.foot', {
              up: <Kbd size="xs">↑</Kbd>,
              down: <Kbd size="xs">↓</Kbd>,
              enter: <Kbd size="xs">{t('palette.keyEnter')}</Kbd>,
              escape: <Kbd size="xs">{t('palette.keyEscape')}</Kbd>,
            })}
            {hidden > 0 && (
              <span className={classes.more}>{t('palette.hiddenMore', { hidden: formatCount(hidden) })}</span>
            )}
          </>
        ) : (
          <>
            {refusal.title}: {refusal.refused}
          </>
        )}
      </p>
    </>
  );
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % Math.max(1, count),
  ArrowUp: (at, count) => (at + count - 1) % Math.max(1, count),
  PageDown: (at, count) => Math.min(count - 1, at + PAGE_STEP),
  PageUp: (at) => Math.max(0, at - PAGE_STEP),
};
const PAGE_STEP = 8;

interface OptionProps {
  readonly id: string;
  readonly action: PaletteAction;
  readonly selected: boolean;
  /** It stands under the name of its group. */
  readonly grouped: boolean;
  readonly onPoint: () => void;
  readonly onPick: () => void;
}

function Option({ id, action, selected, grouped, onPoint, onPick }: OptionProps): ReactNode {
  const { title, note, refused, keys, group } = action;
  return (
    <UnstyledButton
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      // It can be chosen all the same, and then says why not.
      aria-disabled={refused !== undefined}
      className={classes.option}
      data-testid="palette-option"
      data-action={action.id}
      onPointerMove={selected ? undefined : onPoint}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span className={classes.title}>{title}</span>
      {note !== undefined && <span className={classes.note}>{note}</span>}
      {!grouped && <span className={classes.note}>{t(`palette.group.${group}`)}</span>}
      {refused !== undefined && <span className={classes.note}>{t('palette.notNow')}</span>}
      {keys !== undefined && <Kbd size="xs">{keys}</Kbd>}
    </UnstyledButton>
  );
}

/** As of the moment it is opened: entries must not move away from under the fingers. What has changed since is refused by the program. */
function useActions(): readonly PaletteAction[] {
  const source = useSource();
  const [actions] = useState(() => {
    const { snapshot } = useSnapshotStore.getState();
    return snapshot === null ? [] : PALETTE_SOURCES.flatMap((from) => from({ snapshot, source, nowMs: Date.now() }));
  });
  return actions;
}
