// What travels over the local socket: one JSON line per message, both ways. Shared by the side that listens and the side that asks.
import { z } from 'zod';
import type { AppSnapshot, SnapshotPatch } from '../../../shared/contract/snapshot';
import type { Result } from '../../../shared/contract/envelope';
import { MAX_PAYLOAD_BYTES } from '../api/payload';

/** Changes whenever an older side would misunderstand a newer one. */
export const PROTOCOL_VERSION = 1;

/** Of one line from whoever asks; the arguments are weighed once more inside. */
export const MAX_REQUEST_BYTES = MAX_PAYLOAD_BYTES + 1_024;

export const CALL_KINDS = ['query', 'command'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

/** `watch` answers with the whole snapshot, and from then on sends every patch under the same id. */
export const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: z.int().min(0), kind: z.enum(CALL_KINDS), name: z.string().max(64), args: z.unknown() }),
  z.strictObject({ id: z.int().min(0), kind: z.literal('watch') }),
]);
export type SocketRequest = z.infer<typeof requestSchema>;

/** `id` is that of the request; null where the request could not even be read. */
export type SocketMessage =
  | { readonly id: number | null; readonly result: Result<unknown> }
  | { readonly id: number; readonly snapshot: AppSnapshot }
  | { readonly id: number; readonly patch: SnapshotPatch };
