// Whole numbers as people type them.
import { InvalidArgumentError } from 'commander';

export function readCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.');
  return Number(text);
}
