// How an order that was accepted is reported: what it was about, and what became of it.
import { EXIT } from './outcome';
import type { Column } from './print/report';
import { outcome, type Outcome } from './serve';

interface OrderLine {
  readonly id: string;
  readonly result: string;
}

const ORDER_COLUMNS: readonly Column<OrderLine>[] = [
  { name: 'id', value: ({ id }) => id },
  { name: 'result', value: ({ result }) => result },
];

export function ordered(id: string, result: string): Outcome {
  return outcome(EXIT.ok, { columns: ORDER_COLUMNS, rows: [{ id, result }] });
}
