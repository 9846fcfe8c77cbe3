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
import { type KeyPlan, type SourceMode, type Theme, THEMES } from '../../../../shared/domain/settings';
import { navigate, type Page, PAGES } from '../../store/route';
import { useSnapshotStore } from '../../store/snapshotStore';
import { giveOrder } from '../orders';
import { Logo } from './logo';
import { NoticeBell } from './noticeBell';
import { OpenBadge } from './openBadge';
import { useSource } from './sourceOrders';
import classes from './rail.module.css';

export const ENTRIES: Readonly<Record<Page, { readonly title: string; readonly icon: LucideIcon }>> = {
  now: { title: 'Now', icon: Activity },
  timeline: { title: 'Timeline', icon: ChartGantt },
  alerts: { title: 'Alerts', icon: Siren },
  database: { title: 'Database', icon: Database },
  market: { title: 'Market', icon: CandlestickChart },
  diagnostics: { title: 'Diagnostics', icon: Stethoscope },
  settings: { title: 'Settings', icon: Settings },
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
      <nav aria-label="Pages" className={classes.nav}>
        {PAGES.map((target, index) => {
          const { title, icon: Icon } = ENTRIES[target];
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
              <span className={classes.label}>{title}</span>
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

export const SOURCE_NAMES: Readonly<Record<SourceMode, string>> = { demo: 'Demo market', live: 'GeckoTerminal' };
const PLAN_NOTES: Readonly<Record<KeyPlan, string>> = { none: 'public API', demo: 'Demo key', pro: 'Pro key' };

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
            <span className="pw-visually-hidden">Source: </span>
            {SOURCE_NAMES[mode]}
            <span className={classes.note}>{mode === 'live' ? PLAN_NOTES[keyPlan] : 'on this machine'}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Where the data comes from</Menu.Label>
        {mode === 'live' ? (
          <Menu.Item leftSection={<ArrowLeftRight size={14} />} onClick={() => void source.chooseDemo()}>
            Use the demo market
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<ArrowLeftRight size={14} />} onClick={() => void source.chooseLive()}>
            Use live GeckoTerminal
          </Menu.Item>
        )}
        <Menu.Item leftSection={<KeyRound size={14} />} onClick={onHaveKey}>
          {mode === 'live' && keyPlan !== 'none' ? 'Change the API key…' : 'I have an API key…'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export const THEME_LOOKS: Readonly<Record<Theme, { readonly title: string; readonly icon: LucideIcon }>> = {
  system: { title: 'Follow the system', icon: Monitor },
  light: { title: 'Light', icon: Sun },
  dark: { title: 'Dark', icon: Moon },
};

function ThemeMenu(): ReactNode {
  const theme = useSnapshotStore((state) => state.snapshot?.app.theme ?? 'system');
  const { title, icon: Icon } = THEME_LOOKS[theme];
  return (
    <Menu position="right-end">
      <Menu.Target>
        <Tooltip label={`Appearance: ${title}`} position="right">
          <ActionIcon
            className={classes.theme}
            size={32}
            data-testid="theme-toggle"
            aria-label={`Appearance: ${title}`}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        {THEMES.map((choice) => {
          const look = THEME_LOOKS[choice];
          return (
            <Menu.Item
              key={choice}
              data-testid={`theme-${choice}`}
              leftSection={<look.icon size={14} />}
              rightSection={choice === theme ? <Check size={14} aria-label="chosen" /> : undefined}
              onClick={() => chooseTheme(choice)}
            >
              {look.title}
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
    refused: 'The appearance was not changed',
  });
}
