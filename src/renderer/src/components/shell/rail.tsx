// The left rail: where one can go, where the data comes from, how the window looks.
import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import {
  Activity,
  ArrowLeftRight,
  CandlestickChart,
  ChartGantt,
  Check,
  Database,
  FlaskConical,
  Globe,
  KeyRound,
  type LucideIcon,
  Monitor,
  Moon,
  Settings,
  Siren,
  Stethoscope,
  Sun,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type Theme, THEMES } from '../../../../shared/domain/settings';
import { navigate, type Page, PAGES } from '../../store/route';
import { useSnapshotStore } from '../../store/snapshotStore';
import { giveOrder } from '../orders';
import { Logo } from './logo';
import { NoticeBell } from './noticeBell';
import { OpenBadge } from './openBadge';
import { useSource } from './sourceOrders';
import { t } from '../../texts/texts';
import type { PlainTextKey } from '../../texts/textKeys';
import classes from './rail.module.css';

export const ENTRIES: Readonly<Record<Page, { readonly titleKey: PlainTextKey; readonly icon: LucideIcon }>> = {
  now: { titleKey: 'shell.pages.now', icon: Activity },
  timeline: { titleKey: 'shell.pages.timeline', icon: ChartGantt },
  alerts: { titleKey: 'shell.pages.alerts', icon: Siren },
  database: { titleKey: 'shell.pages.database', icon: Database },
  market: { titleKey: 'shell.pages.market', icon: CandlestickChart },
  diagnostics: { titleKey: 'shell.pages.diagnostics', icon: Stethoscope },
  settings: { titleKey: 'shell.pages.settings', icon: Settings },
};

interface RailProps {
  readonly page: Page;
  readonly onHaveKey: () => void;
}

export function Rail({ page, onHaveKey }: RailProps): ReactNode {
  return (
    <aside className={classes.rail} aria-label="Poolwatch">
      <div className={classes.brand}>
        <Logo />
        <span className={classes.label}>Poolwatch</span>
        <NoticeBell />
      </div>
      <nav aria-label={t('shell.pagesLabel')} className={classes.nav}>
        {PAGES.map((target, index) => {
          const { titleKey, icon: Icon } = ENTRIES[target];
          return (
            <UnstyledButton
              key={target}
              className={classes.entry}
              data-testid={`nav-${target}`}
              aria-current={target === page ? 'page' : undefined}
              aria-keyshortcuts={String(index + 1)}
              onClick={() => navigate(target)}
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              <span className={classes.label}>{t(titleKey)}</span>
              {target === 'alerts' && <OpenBadge />}
              <kbd className={classes.key} aria-hidden="true">
                {index + 1}
              </kbd>
            </UnstyledButton>
          );
        })}
      </nav>
      <div className={classes.foot}>
        <SourceMenu onHaveKey={onHaveKey} />
        <ThemeMenu />
      </div>
    </aside>
  );
}

function SourceMenu({ onHaveKey }: { readonly onHaveKey: () => void }): ReactNode {
  const mode = useSnapshotStore((state) => state.snapshot?.app.mode ?? null);
  const keyPlan = useSnapshotStore((state) => state.snapshot?.app.keyPlan ?? 'none');
  const source = useSource();
  if (mode === null) return null;
  const Icon = mode === 'demo' ? FlaskConical : Globe;
  return (
    <Menu position="right-end" disabled={source.busy}>
      <Menu.Target>
        <UnstyledButton className={classes.entry} data-testid="source-menu">
          <Icon size={16} strokeWidth={1.75} aria-hidden />
          <span className={classes.label}>
            <span className="pw-visually-hidden">{t('shell.sourceLabel')} </span>
            {t(`shell.sources.${mode}`)}
            <span className={classes.note}>
              {mode === 'live' ? t(`shell.plans.${keyPlan}`) : t('shell.onThisMachine')}
            </span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.whereFrom')}</Menu.Label>
        {mode === 'live' ? (
          <Menu.Item leftSection={<ArrowLeftRight size={14} />} onClick={() => void source.chooseDemo()}>
            {t('shell.useDemo')}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<ArrowLeftRight size={14} />} onClick={() => void source.chooseLive()}>
            {t('shell.useLive')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<KeyRound size={14} />} onClick={onHaveKey}>
          {mode === 'live' && keyPlan !== 'none' ? t('shell.changeKey') : t('shell.haveKey')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export const THEME_LOOKS: Readonly<Record<Theme, { readonly titleKey: PlainTextKey; readonly icon: LucideIcon }>> = {
  system: { titleKey: 'shell.themes.system', icon: Monitor },
  light: { titleKey: 'shell.themes.light', icon: Sun },
  dark: { titleKey: 'shell.themes.dark', icon: Moon },
};

function ThemeMenu(): ReactNode {
  const theme = useSnapshotStore((state) => state.snapshot?.app.theme ?? 'system');
  const { titleKey, icon: Icon } = THEME_LOOKS[theme];
  const title = t(titleKey);
  return (
    <Menu position="right-end">
      <Menu.Target>
        <Tooltip label={t('shell.appearanceIs', { title })} position="right">
          <ActionIcon
            className={classes.theme}
            size={32}
            data-testid="theme-toggle"
            aria-label={t('shell.appearanceIs', { title })}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.appearance')}</Menu.Label>
        {THEMES.map((choice) => {
          const look = THEME_LOOKS[choice];
          return (
            <Menu.Item
              key={choice}
              data-testid={`theme-${choice}`}
              leftSection={<look.icon size={14} />}
              rightSection={choice === theme ? <Check size={14} aria-label={t('shell.chosen')} /> : undefined}
              onClick={() => chooseTheme(choice)}
            >
              {t(look.titleKey)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

export function chooseTheme(theme: Theme): void {
  void giveOrder({
    name: 'appearance.setTheme',
    args: { theme },
    accepted: () => null,
    refused: t('shell.appearanceNotChanged'),
  });
}
