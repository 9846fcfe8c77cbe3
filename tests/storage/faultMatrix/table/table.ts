// The whole fault matrix, in the order in which people read it.
import { CORRUPTION_FAULTS } from './corruption';
import { DISK_FAULTS } from './disk';
import type { Fault } from './fault';
import { FILE_FAULTS } from './files';
import { LOCK_FAULTS } from './locks';
import { PROCESS_FAULTS } from './processes';

export interface Subject {
  readonly title: string;
  readonly faults: readonly Fault[];
}

export const FAULT_MATRIX: readonly Subject[] = [
  { title: 'Locks and other programs', faults: LOCK_FAULTS },
  { title: 'Files', faults: FILE_FAULTS },
  { title: 'The disk, rights and the clock', faults: DISK_FAULTS },
  { title: 'Damage', faults: CORRUPTION_FAULTS },
  { title: 'Processes and threads', faults: PROCESS_FAULTS },
];
